//! Pages whose tables this program writes: everything between a table's two marker lines is replaced, the rest stays.

use anyhow::{Context, bail};
use std::fs;
use std::path::Path;

/// Replaces the table `name` of the page at `path`: what stands between the lines `<!-- table: NAME -->` and
/// `<!-- end table -->`.
pub fn write_table(path: &Path, name: &str, table: &str) -> anyhow::Result<()> {
    let page = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let page = with_table(&page, name, table).with_context(|| path.display().to_string())?;
    fs::write(path, page).with_context(|| format!("cannot write {}", path.display()))
}

/// The page with the table `name` replaced.
pub fn with_table(page: &str, name: &str, table: &str) -> anyhow::Result<String> {
    let opening = format!("<!-- table: {name} -->");
    let closing = "<!-- end table -->";
    let Some((before, rest)) = page.split_once(&opening) else {
        bail!("the page has no line {opening}");
    };
    let Some((_, after)) = rest.split_once(closing) else {
        bail!("the page has no line {closing} after {opening}");
    };
    Ok(format!("{before}{opening}\n{}\n{closing}{after}", table.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_table_changes() {
        let page =
            "# A\n<!-- table: x -->\nold\n<!-- end table -->\n<!-- table: y -->\n<!-- end table -->\nend\n";
        let once = with_table(page, "x", "new\n\n").unwrap();
        assert_eq!(once, page.replace("old", "new"));
        assert_eq!(with_table(&once, "x", "new").unwrap(), once);
        assert!(
            with_table(&once, "y", "z").unwrap().contains("<!-- table: y -->\nz\n<!-- end table -->\nend\n")
        );
    }

    #[test]
    fn a_page_without_the_place_is_refused() {
        assert!(with_table("nothing", "x", "t").is_err());
        assert!(with_table("<!-- table: x -->\n", "x", "t").is_err());
    }
}
