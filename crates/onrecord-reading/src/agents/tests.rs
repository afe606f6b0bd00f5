use super::rules::groups;

#[test]
fn every_rules_file_is_read() {
    assert_eq!(groups().len(), 31);
}
