//! What else happens to a case: other programs, folders that may not be written, disks without room or locks.

use super::{articles, place, run, verdict};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// The program, to be run beside others.
fn started(here: &TempDir, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .current_dir(here.path())
        .args(arguments)
        .env_remove("ONRECORD_CASE")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_second_writer_waits_and_then_works() {
    let here = place();
    run(&here, &["add", "in/rope.txt"]);
    let lock = fs::File::options().write(true).open(here.path().join("onrecord-case/lock")).unwrap();
    lock.lock().unwrap();
    let child = started(&here, &["add", "in/2031-01-02-tunnel.txt"]);
    let reader = run(&here, &["verify"]);
    assert_eq!(reader.code, 0, "readers never wait: {}", reader.err);
    std::thread::sleep(std::time::Duration::from_millis(300));
    lock.unlock().unwrap();
    let ended = child.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{err}");
    assert!(err.contains("another program is writing to this case; waiting"), "{err}");
    assert_eq!(verdict(&here)["documents"], 2);
}

#[test]
fn an_export_does_not_wait_for_a_writer() {
    let here = place();
    run(&here, &["add", "in/rope.txt"]);
    let lock = fs::File::options().write(true).open(here.path().join("onrecord-case/lock")).unwrap();
    lock.lock().unwrap();
    let exported = run(&here, &["export"]);
    assert_eq!(exported.code, 0);
    assert!(exported.out.lines().count() > 3);
    assert!(exported.err.contains("the log does not tell of this export"), "{}", exported.err);
}

#[test]
fn a_case_is_read_and_copied_while_it_grows() {
    let here = place();
    let many: String = (0..40)
        .map(|n| articles().trim_start_matches('\u{feff}').replace("Quay", &format!("Pier {n}")))
        .collect();
    fs::write(here.path().join("many.jsonl"), many).unwrap();
    run(&here, &["add", "in/rope.txt"]);
    let mut child = started(&here, &["add", "many.jsonl"]);
    let mut meanwhile = 0;
    while child.try_wait().unwrap().is_none() {
        assert_eq!(run(&here, &["search", "rope", "--json"]).code, 0);
        let copy = format!("copy-{meanwhile}");
        let backup = run(&here, &["backup", &copy]);
        assert!(backup.code == 0 && backup.out.starts_with("sound"), "{}{}", backup.out, backup.err);
        meanwhile += 1;
        // Copied by hand: sound, or told that it is not; never taken for what it is not, and the case is not touched.
        by_hand(&here.path().join("onrecord-case"), &here.path().join("by-hand"));
        let copied = run(&here, &["verify", "--case", "by-hand"]);
        assert!(copied.code == 0 || !copied.err.is_empty() || copied.out.contains("NOT SOUND"));
        fs::remove_dir_all(here.path().join("by-hand")).unwrap();
    }
    assert!(meanwhile > 0, "the case was there before anything could be tried");
    assert_eq!(verdict(&here)["ok"], true);
    assert_eq!(verdict(&here)["documents"], 1 + 40 * 40);
}

fn by_hand(from: &Path, to: &Path) {
    fs::create_dir_all(to.join("evidence")).unwrap();
    for folder in ["", "evidence"] {
        for entry in fs::read_dir(from.join(folder)).unwrap().flatten().filter(|entry| entry.path().is_file())
        {
            // A file that goes while others are copied is what such a copy must live with.
            let _ = fs::copy(entry.path(), to.join(folder).join(entry.file_name()));
        }
    }
}

/// The program as somebody who is not root, whom permissions hold back; none where that cannot be had.
fn as_nobody(here: &TempDir, arguments: &[&str]) -> Option<(i32, String, String)> {
    let probe = here.path().join("closed");
    fs::create_dir_all(&probe).unwrap();
    mode(&probe, 0o555);
    let mut command = if fs::write(probe.join("x"), "").is_ok() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
        let able = command.arg("true").output().is_ok_and(|output| output.status.success());
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
        command.arg(env!("CARGO_BIN_EXE_onrecord"));
        if !able {
            return None;
        }
        command
    } else {
        Command::new(env!("CARGO_BIN_EXE_onrecord"))
    };
    let output =
        command.args(arguments).current_dir(here.path()).env_remove("ONRECORD_CASE").output().unwrap();
    Some((
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    ))
}

#[cfg(unix)]
fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_can_be_read() {
    let here = place();
    run(&here, &["add", "in"]);
    let case = here.path().join("onrecord-case");
    let before = fs::read(case.join("ledger.sqlite")).unwrap();
    mode(here.path(), 0o755);
    mode(&case, 0o555);
    mode(&case.join("evidence"), 0o555);
    for arguments in [&["verify"][..], &["search", "rope"], &["who", "ann vey"], &["export"]] {
        let Some((code, out, err)) = as_nobody(&here, arguments) else { return };
        assert!(code == 0 && !out.is_empty(), "{arguments:?}: {err}");
    }
    for arguments in [&["add", "in/rope.txt"][..], &["undo", "1", "--reason", "x"]] {
        let (code, _, err) = as_nobody(&here, arguments).unwrap();
        assert_eq!(code, 1);
        assert!(err.contains("permission denied; change its permissions, or copy the case"), "{err}");
    }
    mode(&case, 0o755);
    mode(&case.join("evidence"), 0o755);
    assert_eq!(fs::read(case.join("ledger.sqlite")).unwrap(), before);
}

/// `add` under strace, which makes one sort of call fail; none where strace is not.
fn failing(here: &TempDir, injected: &str) -> Option<(i32, String)> {
    let output = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("inject={injected}")])
        .arg(env!("CARGO_BIN_EXE_onrecord"))
        .args(["add", "in", "--jobs", "1"])
        .current_dir(here.path())
        .env_remove("ONRECORD_CASE")
        .output()
        .ok()?;
    Some((output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap()))
}

#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let here = place();
    run(&here, &["add", "in/2031-01-02-tunnel.txt"]);
    for calls in
        ["pwrite64:error=ENOSPC:when=1+", "pwrite64:error=ENOSPC:when=9+", "pwrite64:error=EDQUOT:when=3+"]
    {
        let Some((code, err)) = failing(&here, calls) else { return };
        assert_eq!(code, 1, "{err}");
        assert!(err.contains("what was acknowledged before is kept"), "{calls}: {err}");
        // Of a file that readers share, and of a quota, SQLite says only that it could not be written.
        if calls.ends_with("ENOSPC:when=9+") {
            assert!(err.contains("cannot be written: the disk is full"), "{err}");
        }
        let found = verdict(&here);
        assert_eq!((&found["ok"], &found["documents"]), (&true.into(), &1.into()), "{found}");
    }
    assert!(run(&here, &["add", "in"]).out.contains("added    41 documents"));
    assert_eq!(verdict(&here)["ok"], true);
}

#[test]
fn a_file_system_without_locks_is_refused_in_words() {
    for error in ["EOPNOTSUPP", "ENOLCK", "ENOSYS"] {
        let here = place();
        let Some((code, err)) = failing(&here, &format!("flock:error={error}")) else { return };
        assert_eq!(code, 1);
        assert!(err.contains("without locks; move the case to a disk of this machine"), "{error}: {err}");
        assert!(!here.path().join("onrecord-case/ledger.sqlite").exists());
    }
}
