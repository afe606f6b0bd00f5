//! The answer does not hang on the processor's instructions. Alone in its program, for it changes what the whole
//! process may use.

use assert_cmd::Command;

#[test]
fn every_set_of_instructions_gives_the_same_record_of_the_bundled_case() {
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/harbour");
    for model in ["fast", "accurate"] {
        let run = Command::cargo_bin("onrecord-lab")
            .unwrap()
            .args(["paths", "--articles", "0", "--model", model, "--case", case])
            .assert()
            .success();
        let table = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        assert!(table.contains("| plain |"), "{table}");
    }
}
