//! Bars as SVG, made with the page: no script draws them. Each series has a colour and a pattern, so that colour is never the only sign;
//! its numbers are in the table beside it.

use domain::text::Text;
use leptos::prelude::*;

use crate::ui::lang::t;

/// One kind of bar: a value for each label.
pub struct Series {
    pub label: Text,
    pub tone: &'static str,
    pub values: Vec<i64>,
}

const WIDTH: i64 = 640;
const HEIGHT: i64 = 190;
/// Where the bars stand: right of the scale, above the labels.
const LEFT: i64 = 44;
const BASE: i64 = 160;
const TOP: i64 = 10;

/// A rectangle in the drawing, of the series with that number.
struct Bar {
    series: usize,
    tone: &'static str,
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

/// Bars of several series, one upon the other, or side by side when their sum means nothing.
#[component]
pub fn Chart(
    name: &'static str,
    title: Text,
    labels: Vec<String>,
    series: Vec<Series>,
    #[prop(optional)] side_by_side: bool,
) -> impl IntoView {
    let top = scale_top(&series, side_by_side);
    let bars = bars(&series, labels.len(), top, side_by_side);
    let rects = bars.into_iter().map(move |bar| {
        let (x, y, width, height) = (bar.x.to_string(), bar.y.to_string(), bar.width.to_string(), bar.height.to_string());
        view! {
            <g>
                <rect x=x.clone() y=y.clone() width=width.clone() height=height.clone() data-tone=bar.tone></rect>
                <rect x=x y=y width=width height=height fill=format!("url(#{name}-{})", bar.series)></rect>
            </g>
        }
    });
    let patterns = (0..series.len()).map(move |i| view! { <Pattern id=format!("{name}-{i}") number=i /> });
    let lines = [0, top / 2, top].map(|value| view! { <ScaleLine value top /> });
    let column = column(labels.len());
    let names = labels.into_iter().enumerate().map(move |(i, label)| {
        let x = LEFT + column * index(i) + column / 2;
        view! { <text x=x.to_string() y=(BASE + 18).to_string() text-anchor="middle">{label}</text> }
    });
    let legend = series.iter().enumerate().map(|(i, series)| {
        view! {
            <li>
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <rect width="16" height="16" data-tone=series.tone></rect>
                    <rect width="16" height="16" fill=format!("url(#{name}-{i})")></rect>
                </svg>
                {t(series.label)}
            </li>
        }
    });
    let legend = (series.len() > 1).then(|| view! { <ul class="legend">{legend.collect_view()}</ul> });
    view! {
        <div class="chart">
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=t(title)>
                <defs>{patterns.collect_view()}</defs>
                {lines.into_iter().collect_view()}
                {rects.collect_view()}
                {names.collect_view()}
            </svg>
            {legend}
        </div>
    }
}

/// A line across the drawing with its value.
#[component]
fn ScaleLine(value: i64, top: i64) -> impl IntoView {
    let y = BASE - length(value, top);
    view! {
        <g>
            <line x1=LEFT.to_string() x2=WIDTH.to_string() y1=y.to_string() y2=y.to_string()></line>
            <text x=(LEFT - 8).to_string() y=(y + 4).to_string() text-anchor="end">{value.to_string()}</text>
        </g>
    }
}

/// What lies over the colour of a series: nothing, lines, dots.
#[component]
fn Pattern(id: String, number: usize) -> impl IntoView {
    let drawing = match number % 5 {
        0 => "",
        1 => "M0 8L8 0M-2 2L2 -2M6 10L10 6",
        2 => "M0 4H8",
        3 => "M4 0V8",
        _ => "M0 0L8 8M0 8L8 0",
    };
    view! {
        <pattern id=id patternUnits="userSpaceOnUse" width="8" height="8">
            <path d=drawing></path>
        </pattern>
    }
}

/// The bars, from the left, each column from its base.
fn bars(series: &[Series], columns: usize, top: i64, side_by_side: bool) -> Vec<Bar> {
    let column = column(columns);
    let width = column * 7 / 10;
    let part = width / index(series.len()).max(1);
    let mut bars = Vec::new();
    for i in 0..columns {
        let left = LEFT + column * index(i) + (column - width) / 2;
        let mut base = BASE;
        for (number, series) in series.iter().enumerate() {
            let height = length(series.values.get(i).copied().unwrap_or_default(), top);
            if height == 0 {
                continue;
            }
            let (x, width) = if side_by_side { (left + part * index(number), part) } else { (left, width) };
            bars.push(Bar { series: number, tone: series.tone, x, y: base - height, width, height });
            if !side_by_side {
                base -= height;
            }
        }
    }
    bars
}

fn index(i: usize) -> i64 {
    i64::try_from(i).unwrap_or_default()
}

fn column(columns: usize) -> i64 {
    (WIDTH - LEFT) / index(columns).max(1)
}

/// How long a value is drawn. What is there is seen: at least a line.
fn length(value: i64, top: i64) -> i64 {
    if value <= 0 { 0 } else { (value * (BASE - TOP) / top.max(1)).max(2) }
}

/// The end of the scale: an even round number that holds the longest column.
fn scale_top(series: &[Series], side_by_side: bool) -> i64 {
    let columns = series.iter().map(|series| series.values.len()).max().unwrap_or_default();
    let at = |i: usize| series.iter().map(move |series| series.values.get(i).copied().unwrap_or_default());
    let longest =
        (0..columns).map(|i| if side_by_side { at(i).max().unwrap_or_default() } else { at(i).sum::<i64>() }).max().unwrap_or_default();
    let mut steps = (0..12).flat_map(|zeros| [2, 4, 10].map(|step| step * 10_i64.pow(zeros)));
    steps.find(|step| *step >= longest).unwrap_or(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[&[i64]]) -> Vec<Series> {
        values.iter().map(|values| Series { label: Text::new("", ""), tone: "grey", values: values.to_vec() }).collect()
    }

    #[test]
    fn the_scale_ends_at_an_even_round_number_that_holds_every_column() {
        for (longest, top) in [(0, 2), (1, 2), (3, 4), (5, 10), (11, 20), (401, 1000)] {
            assert_eq!(scale_top(&series(&[&[longest]]), false), top, "{longest}");
        }
        assert_eq!(scale_top(&series(&[&[3, 1], &[3, 1]]), false), 10);
        assert_eq!(scale_top(&series(&[&[3, 1], &[3, 1]]), true), 4);
    }

    #[test]
    fn bars_stand_upon_each_other_or_side_by_side_and_within_the_drawing() {
        let of = series(&[&[2, 0], &[2, 4]]);
        let stacked = bars(&of, 2, 4, false);
        assert_eq!(stacked.len(), 3);
        assert_eq!((stacked[0].y + stacked[0].height, stacked[1].y + stacked[1].height), (BASE, stacked[0].y));
        assert_eq!((stacked[1].y, stacked[2].y), (TOP, TOP));
        let beside = bars(&of, 2, 4, true);
        assert_eq!(beside[0].y, beside[1].y);
        assert_eq!(beside[1].x, beside[0].x + beside[0].width);
        assert!(stacked.iter().chain(&beside).all(|bar| bar.x >= LEFT && bar.x + bar.width <= WIDTH && bar.y >= TOP));
    }
}
