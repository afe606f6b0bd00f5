//! Hashes the weight files, so that no start of the program has to.

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut code = String::new();
    for model in ["fast", "accurate"] {
        let file = format!("weights/attribution-{model}.safetensors");
        println!("cargo::rerun-if-changed={file}");
        let digest = Sha256::digest(fs::read(&file)?);
        write!(code, "const {}: &str = \"", model.to_uppercase())?;
        for byte in &digest[..6] {
            write!(code, "{byte:02x}")?;
        }
        writeln!(code, "\";")?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("digests.rs"), code)?;
    Ok(())
}
