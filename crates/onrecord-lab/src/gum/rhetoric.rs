//! The attribution relations of an eRST tree.

use super::layout::attribute;
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A node of the tree: a discourse unit with its words, or a group.
struct Node<'t> {
    parent: Option<&'t str>,
    words: Range<usize>,
}

/// The satellites of the attribution relations (positive and negative, secondary edges included) of an rs4 file, each
/// as the ranges of words of its discourse units, and how many words all units have. Words are counted through the
/// file, where white space stands between them.
///
/// # Errors
/// When a node lacks its number.
pub fn attribution_satellites(rs4: &str) -> anyhow::Result<(Vec<Vec<Range<usize>>>, usize)> {
    let mut nodes: BTreeMap<&str, Node<'_>> = BTreeMap::new();
    let mut satellites: BTreeSet<&str> = BTreeSet::new();
    let mut count = 0;
    for line in rs4.lines().map(str::trim) {
        if line.starts_with("<secedge ") {
            if is_attribution(attribute(line, "relname")) {
                satellites.insert(attribute(line, "source").context("a secondary edge comes from nowhere")?);
            }
            continue;
        }
        let unit = line.starts_with("<segment ");
        if !unit && !line.starts_with("<group ") {
            continue;
        }
        let (tag, inner) = line.split_once('>').with_context(|| format!("not closed: {line}"))?;
        let words = if unit { inner.strip_suffix("</segment>").unwrap_or(inner) } else { "" };
        let words = count..count + words.split_whitespace().count();
        count = words.end;
        let id = attribute(tag, "id").with_context(|| format!("a node without a number: {line}"))?;
        if is_attribution(attribute(tag, "relname")) {
            satellites.insert(id);
        }
        nodes.insert(id, Node { parent: attribute(tag, "parent"), words });
    }
    let mut units: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for (id, node) in &nodes {
        if node.words.is_empty() {
            continue;
        }
        for held_by in holders(id, &nodes).into_iter().filter(|held_by| satellites.contains(held_by)) {
            units.entry(held_by).or_default().push(node.words.clone());
        }
    }
    let mut satellites: Vec<Vec<Range<usize>>> = units.into_values().collect();
    for units in &mut satellites {
        units.sort_by_key(|unit| unit.start);
    }
    satellites.sort_by_key(|units| units.first().map(|unit| unit.start));
    Ok((satellites, count))
}

/// A node and all above it.
fn holders<'t>(id: &'t str, nodes: &BTreeMap<&'t str, Node<'t>>) -> Vec<&'t str> {
    let mut held_by = vec![id];
    let mut at = id;
    // A tree is no deeper than it has nodes; a file that is no tree ends there too.
    while let Some(parent) =
        nodes.get(at).and_then(|node| node.parent).filter(|_| held_by.len() <= nodes.len())
    {
        held_by.push(parent);
        at = parent;
    }
    held_by
}

fn is_attribution(relation: Option<&str>) -> bool {
    relation.is_some_and(|relation| relation.starts_with("attribution-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = r#"<rst>
    <rel name="attribution-positive" type="rst"/>
    <segment id="1" parent="2" relname="attribution-positive">Ada Moss said ,</segment>
    <segment id="2" parent="10" relname="span">the quay leaks .</segment>
    <segment id="3" parent="11" relname="span">Divers ,</segment>
    <segment id="4" parent="3" relname="elaboration-attribute">who looked ,</segment>
    <segment id="5" parent="12" relname="attribution-negative">deny it .</segment>
    <segment id="6" parent="10" relname="joint-list">So be it .</segment>
    <group id="10" type="span"/>
    <group id="11" type="span" parent="12" relname="attribution-positive"/>
    <group id="12" type="multinuc" parent="10" relname="joint-list"/>
    <secedge id="6-5" source="6" target="5" relname="attribution-positive"/>
    <secedge id="2-5" source="2" target="5" relname="joint-list"/>
    "#;

    #[test]
    fn satellites_are_the_units_below_an_attribution() {
        let (satellites, words) = attribution_satellites(TREE).unwrap();
        assert_eq!(words, 20);
        let single = |unit: Range<usize>| vec![unit];
        assert_eq!(satellites, [single(0..4), vec![8..10, 10..13], single(13..16), single(16..20)]);
    }

    #[test]
    fn nodes_that_hold_each_other_are_survived() {
        let tree = r#"<segment id="1" parent="2" relname="attribution-positive">Yes .</segment>
            <group id="2" parent="1" relname="attribution-positive"/>"#;
        let (satellites, words) = attribution_satellites(tree).unwrap();
        assert_eq!(words, 2);
        assert!(!satellites.is_empty());
    }
}
