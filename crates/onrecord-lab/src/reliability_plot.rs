//! Confidence against the share that is right, drawn as an SVG that needs nothing from elsewhere and reads in light
//! and dark.

use crate::calibration::Bin;
use std::fmt::Write;

/// The length of an axis, in the drawing's units.
const SIDE: f64 = 360.0;
/// Where the vertical axis stands.
const LEFT: f64 = 56.0;
/// Where the horizontal axis lies.
const BOTTOM: f64 = 400.0;

/// The style: one colour for lines and letters, one for the points, each in light and in dark.
const STYLE: &str = "\
svg { color: #1f2328; --points: #0b57a4; font: 13px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { svg { color: #e6edf3; --points: #79b8ff; } }
text { fill: currentColor; }
.axis, .grid, .even { stroke: currentColor; fill: none; }
.grid { opacity: .15; }
.even { stroke-dasharray: 4 4; opacity: .7; }
.points { fill: var(--points); stroke: var(--points); }
.span { stroke: var(--points); stroke-width: 2; opacity: .5; }
";

/// The reliability plot of some bins: a point for each, with its 95 % interval (Wilson's), and the diagonal that a
/// perfect confidence would keep to. `title` stands above and is plain text.
pub fn reliability_svg(title: &str, bins: &[Bin]) -> String {
    let (right, top) = (LEFT + SIDE, BOTTOM - SIDE);
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 440 470\" width=\"440\" height=\"470\" role=\"img\" \
         aria-label=\"{}\">\n<style>\n{STYLE}</style>\n\
         <text x=\"{LEFT}\" y=\"24\" font-weight=\"600\">{title}</text>\n",
        title.replace('"', "&quot;")
    );
    // Writing to a string cannot fail.
    for tenths in (0..=10).step_by(2) {
        let at = f64::from(tenths) / 10.0;
        let (x, y) = (across(at), up(at));
        let _ = writeln!(
            out,
            "<path class=\"grid\" d=\"M{x:.1} {BOTTOM}V{top}M{LEFT} {y:.1}H{right}\"/>\
             <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{at}</text>\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{at}</text>",
            BOTTOM + 20.0,
            LEFT - 8.0,
            y + 4.5,
        );
    }
    let middle = LEFT + SIDE / 2.0;
    let _ = writeln!(
        out,
        "<path class=\"axis\" d=\"M{LEFT} {top}V{BOTTOM}H{right}\"/>\n\
         <path class=\"even\" d=\"M{LEFT} {BOTTOM}L{right} {top}\"/>\n\
         <text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">mean confidence</text>\n\
         <text transform=\"translate(16 {}) rotate(-90)\" text-anchor=\"middle\">share right</text>\n\
         <g class=\"points\">",
        BOTTOM + 40.0,
        BOTTOM - SIDE / 2.0,
    );
    for bin in bins {
        let (x, (low, high)) = (across(bin.confidence), interval(bin));
        let _ = writeln!(
            out,
            "<path class=\"span\" d=\"M{x:.1} {:.1}V{:.1}\"/><circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"4\"><title>confidence \
             {:.3}, right {:.3}, {} statements</title></circle>",
            up(low),
            up(high),
            up(bin.right),
            bin.confidence,
            bin.right,
            bin.count
        );
    }
    let _ = writeln!(
        out,
        "</g>\n<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-size=\"12\">{}</text>\n</svg>",
        BOTTOM + 60.0,
        legend(bins)
    );
    out
}

/// How many statements the points stand for.
fn legend(bins: &[Bin]) -> String {
    let counts = bins.iter().map(|bin| bin.count);
    match (counts.clone().min(), counts.max()) {
        (Some(least), Some(most)) if least == most => {
            format!("{} points of {least} statements; bars: 95 % interval", bins.len())
        }
        (Some(least), Some(most)) => {
            format!("{} points of {least} to {most} statements; bars: 95 % interval", bins.len())
        }
        _ => "no statements".to_owned(),
    }
}

fn across(share: f64) -> f64 {
    LEFT + SIDE * share
}

fn up(share: f64) -> f64 {
    BOTTOM - SIDE * share
}

/// Wilson's interval of a share.
fn interval(bin: &Bin) -> (f64, f64) {
    const Z: f64 = 1.96;
    let n = bin.count.max(1) as f64;
    let middle = bin.right + Z * Z / (2.0 * n);
    let reach = Z * (bin.right * (1.0 - bin.right) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (((middle - reach) / whole).max(0.0), ((middle + reach) / whole).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bin_is_a_point_at_its_place() {
        let bins =
            [Bin { count: 80, confidence: 0.0, right: 0.5 }, Bin { count: 81, confidence: 1.0, right: 1.0 }];
        let svg = reliability_svg("A & B", &bins);
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(
            svg.contains("cx=\"56.0\" cy=\"220.0\"") && svg.contains("cx=\"416.0\" cy=\"40.0\""),
            "{svg}"
        );
        assert!(svg.contains(">A &amp; B<") && svg.contains("2 points of 80 to 81 statements"));
        assert!(svg.contains("prefers-color-scheme: dark"));
        for outside in ["<script", "href", "url(", "@import"] {
            assert!(!svg.contains(outside), "{outside}");
        }
        assert!(reliability_svg("", &[]).contains("no statements"));
    }

    #[test]
    fn intervals_hold_their_share_and_stay_shares() {
        for right in [0.0, 0.3, 1.0] {
            let (low, high) = interval(&Bin { count: 82, confidence: 0.5, right });
            assert!(0.0 <= low && low <= right && right <= high && high <= 1.0, "{low} {high}");
        }
    }
}
