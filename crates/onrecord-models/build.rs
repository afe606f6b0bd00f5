//! Hashes the weight files, so that no start of the program has to.

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut code = String::new();
    let thorough = ["attribution-accurate", "coreference-accurate", "statement-thorough", "words-thorough"];
    let models: [(&str, &[&str]); 3] = [
        ("FAST", &["attribution-fast", "coreference-fast", "statement-fast"]),
        ("ACCURATE", &["attribution-accurate", "coreference-accurate", "statement-accurate"]),
        ("THOROUGH", &thorough),
    ];
    for (model, parts) in models {
        let mut digest = Sha256::new();
        for part in parts {
            let file = format!("weights/{part}.safetensors");
            println!("cargo::rerun-if-changed={file}");
            digest.update(fs::read(&file)?);
        }
        let digest = digest.finalize();
        write!(code, "const {model}: &str = \"")?;
        for byte in &digest[..6] {
            write!(code, "{byte:02x}")?;
        }
        writeln!(code, "\";")?;
    }
    for (name, part) in [("MEANING", "meaning"), ("STANCE", "stance"), ("SIDES", "sides")] {
        let file = format!("weights/{part}.safetensors");
        println!("cargo::rerun-if-changed={file}");
        write!(code, "pub(crate) const {name}: &str = \"")?;
        for byte in &Sha256::digest(fs::read(file)?)[..6] {
            write!(code, "{byte:02x}")?;
        }
        writeln!(code, "\";")?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("digests.rs"), code)?;
    Ok(())
}
