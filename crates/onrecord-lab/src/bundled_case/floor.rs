//! The figures below which a change is not taken.

use std::collections::BTreeMap;

/// The floors of `floor.toml`: tables of keys, each 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Floors(BTreeMap<String, BTreeMap<String, f64>>);

impl Floors {
    /// The floors of a file's text.
    pub fn parse(text: &str) -> anyhow::Result<Floors> {
        Ok(Floors(toml::from_str(text)?))
    }

    /// What is wrong: a figure below its floor or without one, a floor without a figure.
    pub fn broken(&self, figures: &[(&str, &str, f64)]) -> Vec<String> {
        let mut broken = Vec::new();
        for (table, key, value) in figures {
            match self.0.get(*table).and_then(|floors| floors.get(*key)) {
                Some(floor) if value < floor => {
                    broken.push(format!("{table}.{key} is {value:.4}, below {floor}"))
                }
                Some(_) => {}
                None => broken.push(format!("{table}.{key} has no floor; it is {value:.4}")),
            }
        }
        for (table, floors) in &self.0 {
            for key in floors.keys() {
                if !figures.iter().any(|figure| (figure.0, figure.1) == (table, key)) {
                    broken.push(format!("{table}.{key} is no figure"));
                }
            }
        }
        broken
    }
}

/// The text of the file with every floor that `figures` have outgrown by a hundredth set to the figure, rounded down to
/// two decimals. Floors never fall, and all other lines stay.
pub fn raised(text: &str, figures: &[(&str, &str, f64)]) -> String {
    let mut table = "";
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.trim().strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            table = name;
        }
        let raised = line.split_once('=').and_then(|(key, value)| {
            let figure = figures.iter().find(|figure| (figure.0, figure.1) == (table, key.trim()))?;
            let reached = (figure.2 * 100.0).floor() / 100.0;
            (reached > value.trim().parse().ok()?).then(|| format!("{} = {reached:.2}\n", key.trim()))
        });
        out.push_str(raised.as_deref().unwrap_or(line));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# kept = 0.1\n[a]\nx = 0.50\ny = 0.70\n[b]\nx = 0.10\n";

    #[test]
    fn floors_rise_and_never_fall() {
        let raised = raised(TEXT, &[("a", "x", 0.519), ("a", "y", 0.6), ("b", "x", 0.1)]);
        assert_eq!(raised, TEXT.replace("0.50", "0.51"));
    }

    #[test]
    fn what_is_below_or_unknown_is_named() {
        let floors = Floors::parse(TEXT).unwrap();
        assert!(floors.broken(&[("a", "x", 0.5), ("a", "y", 0.71), ("b", "x", 0.2)]).is_empty());
        let broken = floors.broken(&[("a", "x", 0.49), ("a", "y", 0.7), ("a", "z", 1.0)]);
        assert_eq!(
            broken,
            ["a.x is 0.4900, below 0.5", "a.z has no floor; it is 1.0000", "b.x is no figure"]
        );
    }
}
