use super::*;
use crate::pattern::examples_hold;

#[test]
fn the_examples_of_the_rules_hold() {
    examples_hold(RULES);
}
