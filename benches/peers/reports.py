"""A unit's report of about four pages with four charts and its tables, made by other programs, beside ours.

    python3 -m venv target/peers && target/peers/bin/pip install -r benches/peers/requirements.txt
    cargo bench -p tideline-report --no-run
    target/peers/bin/python benches/peers/reports.py [ROUNDS]

Programs take turns, so that a busy machine is busy for all of them; medians and ratios are printed.
WeasyPrint makes tagged PDF/UA-1 as we do. ReportLab and matplotlib make no tags at all.
"""

import io
import json
import pathlib
import random
import statistics
import subprocess
import sys
import time

import matplotlib

matplotlib.use("Agg")

import weasyprint  # noqa: E402
from matplotlib import pyplot  # noqa: E402
from matplotlib.backends.backend_pdf import PdfPages  # noqa: E402
from reportlab.graphics.shapes import Drawing, Line, PolyLine, Rect, String  # noqa: E402
from reportlab.lib.pagesizes import A4  # noqa: E402
from reportlab.lib.styles import getSampleStyleSheet  # noqa: E402
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
MEASURES = ["Burnout strain", "Secondary traumatic stress", "Compassion satisfaction"]
WAVES = 14
WORDS = (
    "A score is the mean of a group on a scale from 0 to 100. With few answers a score is uncertain; the "
    "likely range says how much, and small moves inside it mean nothing. Compare a group with its own past."
)


def scores():
    dice = random.Random(7)
    return {it: [45 + dice.randrange(12) for _ in range(WAVES)] for it in MEASURES}


SCORES = scores()


def place(at, score):
    return 40 + at * 44, 180 - score * 1.6


def svg(values):
    points = " ".join("{},{}".format(*place(at, it)) for at, it in enumerate(values))
    upper = ["{},{}".format(*place(at, it + 7)) for at, it in enumerate(values)]
    lower = ["{},{}".format(*place(at, it - 7)) for at, it in enumerate(values)][::-1]
    dots = "".join(
        '<circle cx="{}" cy="{}" r="4" fill="#1d2a31"/>'.format(*place(at, it)) for at, it in enumerate(values)
    )
    lines = "".join(
        f'<line x1="40" x2="640" y1="{180 - it * 1.6}" y2="{180 - it * 1.6}" stroke="#d6dadc"/>'
        f'<text x="4" y="{185 - it * 1.6}" font-size="13">{it}</text>'
        for it in (0, 25, 50, 75, 100)
    )
    months = "".join(
        f'<text x="{place(at, 0)[0]}" y="200" font-size="13">{at + 1}</text>' for at in range(len(values))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 210" width="660" height="210">'
        f'{lines}<polygon points="{" ".join(upper + lower)}" fill="#a9b4ba" fill-opacity="0.5"/>'
        f'<polyline points="{points}" fill="none" stroke="#1d2a31" stroke-width="2"/>{dots}{months}</svg>'
    )


def html():
    parts = [
        '<html lang="en"><head><title>Wellbeing summary</title><style>@page { size: A4; margin: 20mm; '
        "@bottom-right { content: counter(page) } } body { font: 10.5pt 'Noto Sans', sans-serif } "
        "table { width: 100%; border-collapse: collapse } th, td { text-align: left; padding: 4pt } "
        "h1 { page-break-before: always }</style></head><body><h1>Wellbeing summary</h1>",
        f"<p>{WORDS}</p><ul>" + f"<li>{WORDS}</li>" * 3 + "</ul>",
        "<table><thead><tr><th>Measure</th><th>Now</th><th>Likely range</th></tr></thead><tbody>",
    ]
    for measure, values in SCORES.items():
        now = values[-1]
        parts.append(f"<tr><th>{measure}</th><td>{now}</td><td>{now - 7} to {now + 7}</td></tr>")
    parts.append("</tbody></table><h1>Trends</h1>")
    for measure, values in [*SCORES.items(), ("Taking part", SCORES[MEASURES[0]])]:
        data = "data:image/svg+xml;utf8," + svg(values).replace("#", "%23").replace('"', "'")
        parts.append(f'<h2>{measure}</h2><p>{WORDS}</p><img alt="{measure} over time" src="{data}" width="660">')
    parts.append("<h1>How to read this</h1>" + f"<p>{WORDS}</p>" * 8 + "<h1>Figures</h1>")
    for measure, values in SCORES.items():
        rows = "".join(
            f"<tr><th>Month {at + 1}</th><td>{it}</td><td>{it - 7} to {it + 7}</td><td>20 to 29</td></tr>"
            for at, it in enumerate(values)
        )
        parts.append(
            f"<h2>{measure}</h2><table><thead><tr><th>Check-in</th><th>Score</th><th>Likely</th>"
            f"<th>Based on</th></tr></thead><tbody>{rows}</tbody></table>"
        )
    return "".join(parts) + "</body></html>"


def by_weasyprint():
    return weasyprint.HTML(string=html()).write_pdf(pdf_variant="pdf/ua-1")


def drawing(values):
    it = Drawing(460, 150)
    for line in (0, 25, 50, 75, 100):
        it.add(Line(30, 20 + line, 450, 20 + line, strokeWidth=0.3))
        it.add(String(4, 17 + line, str(line), fontSize=8))
    points = []
    for at, value in enumerate(values):
        x = 40 + at * 30
        it.add(Rect(x - 6, 13 + value, 12, 14, fillOpacity=0.4, strokeWidth=0))
        it.add(String(x - 4, 6, str(at + 1), fontSize=8))
        points += [x, 20 + value]
    it.add(PolyLine(points))
    return it


def by_reportlab():
    out, styles = io.BytesIO(), getSampleStyleSheet()
    text = lambda it, style="Normal": Paragraph(it, styles[style])
    flow = [text("Wellbeing summary", "Heading1")] + [text(WORDS) for _ in range(4)]
    flow.append(Table([["Measure", "Now", "Likely range"], *[[m, v[-1], f"{v[-1] - 7} to {v[-1] + 7}"] for m, v in SCORES.items()]]))
    flow += [PageBreak(), text("Trends", "Heading1")]
    for measure, values in [*SCORES.items(), ("Taking part", SCORES[MEASURES[0]])]:
        flow += [text(measure, "Heading2"), text(WORDS), drawing(values)]
    flow += [PageBreak(), text("How to read this", "Heading1")] + [text(WORDS) for _ in range(8)]
    flow += [PageBreak(), text("Figures", "Heading1")]
    for measure, values in SCORES.items():
        rows = [[f"Month {at + 1}", it, f"{it - 7} to {it + 7}", "20 to 29"] for at, it in enumerate(values)]
        flow += [text(measure, "Heading2"), Table([["Check-in", "Score", "Likely", "Based on"], *rows], repeatRows=1)]
    SimpleDocTemplate(out, pagesize=A4, title="Wellbeing summary").build(flow)
    return out.getvalue()


def by_matplotlib():
    out = io.BytesIO()
    with PdfPages(out) as pages:
        for page in range(2):
            figure, axes = pyplot.subplots(2, 1, figsize=(8.27, 11.69))
            for axis, (measure, values) in zip(axes, list(SCORES.items())[page : page + 2]):
                xs = range(len(values))
                axis.fill_between(xs, [it - 7 for it in values], [it + 7 for it in values], alpha=0.3)
                axis.plot(xs, values, marker="o")
                axis.set_title(measure)
                axis.set_ylim(0, 100)
            pages.savefig(figure)
            pyplot.close(figure)
        for values in SCORES.values():
            figure, axis = pyplot.subplots(figsize=(8.27, 11.69))
            axis.axis("off")
            rows = [[f"Month {at + 1}", it, f"{it - 7} to {it + 7}", "20 to 29"] for at, it in enumerate(values)]
            axis.table(cellText=rows, colLabels=["Check-in", "Score", "Likely", "Based on"], loc="upper center")
            pages.savefig(figure)
            pyplot.close(figure)
    return out.getvalue()


def ours():
    """The built benchmark of the report crate."""
    built = subprocess.run(
        ["cargo", "bench", "-p", "tideline-report", "--bench", "reports", "--no-run", "--message-format=json"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True,
    ).stdout
    found = [json.loads(it).get("executable") for it in built.splitlines() if '"executable"' in it]
    return [it for it in found if it][-1]


def timed(work):
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1e3


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    program = ours()
    peers = {"WeasyPrint": by_weasyprint, "ReportLab": by_reportlab, "matplotlib": by_matplotlib}
    times = {it: [] for it in ["Tideline", *peers]}
    for make in peers.values():
        make()
    for _ in range(rounds):
        said = subprocess.run([program, "--peer", "5"], stdout=subprocess.PIPE, check=True, text=True).stdout
        times["Tideline"] += [float(it) for it in said.split()]
        for name, make in peers.items():
            times[name].append(timed(make))
    own = statistics.median(times["Tideline"])
    print(f"{'':12} {'median':>10} {'ratio':>7}")
    for name, all_of in times.items():
        median = statistics.median(all_of)
        print(f"{name:12} {median:7.1f} ms {median / own:6.1f} x")


if __name__ == "__main__":
    main()
