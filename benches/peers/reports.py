"""A unit's report, six pages with seven charts and its tables, made by other programs, beside ours: cover, three
trends, three spreads, participation, levers, how to read it, and every figure that is drawn.

    python3 -m venv target/peers && target/peers/bin/pip install -r benches/peers/requirements.txt
    cargo bench -p tideline-report --no-run
    target/peers/bin/python benches/peers/reports.py [ROUNDS]

Programs take turns, so that a busy machine is busy for all of them; medians and ratios are printed.
WeasyPrint makes tagged PDF/UA-1 as we do. ReportLab and matplotlib make no tags at all.
"""

import io
import json
import os
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
SPREAD = {it: [0.1 + at / 10, 0.7 - at / 10, 0.2] for at, it in enumerate(MEASURES)}
LEVERS = [
    ["Set a staffing floor per shift or queue size; below it an agreed escalation starts", "Trying", "Rota lead", "1 March"],
    ["Move clerical and support tasks to assistants so qualified staff do qualified work", "Trying", "Rota lead", "1 March"],
]


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


def spread_svg(shares):
    begin, bars = 0, ""
    for share, colour in zip(shares, ("#5f9ea8", "#e9e6df", "#a9702e")):
        bars += f'<rect x="{begin * 640}" y="20" width="{share * 640}" height="30" fill="{colour}" stroke="#1d2a31"/>'
        bars += f'<text x="{begin * 640}" y="66" font-size="13">{round(share * 10)}/10</text>'
        begin += share
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 70" width="660" height="70">{bars}</svg>'


def picture(drawn, alt):
    data = "data:image/svg+xml;utf8," + drawn.replace("#", "%23").replace('"', "'")
    return f'<img alt="{alt}" src="{data}" width="660">'


def table(head, rows):
    cells = "".join(f"<tr><th>{row[0]}</th>" + "".join(f"<td>{it}</td>" for it in row[1:]) + "</tr>" for row in rows)
    return "<table><thead><tr>" + "".join(f"<th>{it}</th>" for it in head) + f"</tr></thead><tbody>{cells}</tbody></table>"


def small_tables():
    yield "How answers are spread", ["Measure", "Lower", "Middle", "Higher"], [[m, *(round(it * 10) for it in v)] for m, v in SPREAD.items()]
    yield "Taking part", ["Check-in", "Took part"], [[f"Month {it + 9}", f"{6 + it % 2} in 10"] for it in range(6)]


def figures(values):
    return [[f"Month {at + 1}", it, f"{it - 7} to {it + 7}", "20 to 29"] for at, it in enumerate(values)]


def html():
    parts = [
        '<html lang="en"><head><title>Wellbeing summary</title><style>@page { size: A4; margin: 20mm; '
        "@top-left { content: 'Team 6, outreach' } @top-right { content: 'Wellbeing summary' } "
        "@bottom-left { content: 'A temperature check' } "
        "@bottom-right { content: counter(page) ' / ' counter(pages) } } body { font: 10.5pt 'Noto Sans', sans-serif } "
        "table { width: 100%; border-collapse: collapse } th, td { text-align: left; padding: 4pt } "
        "h1 { page-break-before: always }</style></head><body><h1>Wellbeing summary</h1>",
        f"<p>{WORDS}</p><ul>" + f"<li>{WORDS}</li>" * 3 + "</ul>",
        "<table><thead><tr><th>Measure</th><th>Now</th><th>Likely range</th></tr></thead><tbody>",
    ]
    for measure, values in SCORES.items():
        now = values[-1]
        parts.append(f"<tr><th>{measure}</th><td>{now}</td><td>{now - 7} to {now + 7}</td></tr>")
    parts.append("</tbody></table><h1>Trends</h1>")
    for measure, values in SCORES.items():
        parts.append(f"<h2>{measure}</h2><p>{WORDS}</p>" + picture(svg(values), f"{measure} over time"))
    parts.append("<h2>How answers are spread</h2>")
    for measure, shares in SPREAD.items():
        parts.append(f"<p>{measure}</p>" + picture(spread_svg(shares), f"{measure}: three thirds"))
    parts.append("<h2>Taking part</h2>" + picture(svg(SCORES[MEASURES[0]]), "Taking part"))
    parts.append("<h2>Levers in play</h2>" + table(["Lever", "Status", "Owner", "Look again"], LEVERS))
    parts.append("<h1>How to read this</h1>" + f"<p>{WORDS}</p>" * 8 + "<h1>Figures</h1>")
    for measure, values in SCORES.items():
        parts.append(f"<h2>{measure}</h2>" + table(["Check-in", "Score", "Likely", "Based on"], figures(values)))
    for title, head, rows in small_tables():
        parts.append(f"<h2>{title}</h2>" + table(head, rows))
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


def spread_drawing(shares):
    it, begin = Drawing(460, 40), 0
    for share in shares:
        it.add(Rect(begin * 440, 14, share * 440, 20, fillOpacity=0.4))
        it.add(String(begin * 440, 3, f"{round(share * 10)}/10", fontSize=8))
        begin += share
    return it


def running(canvas, document):
    canvas.setFont("Helvetica", 8)
    canvas.drawString(56, 810, "Team 6, outreach")
    canvas.drawRightString(540, 810, "Wellbeing summary")
    canvas.drawString(56, 30, "A temperature check")
    canvas.drawRightString(540, 30, str(document.page))


def by_reportlab():
    out, styles = io.BytesIO(), getSampleStyleSheet()
    text = lambda it, style="Normal": Paragraph(it, styles[style])
    flow = [text("Wellbeing summary", "Heading1")] + [text(WORDS) for _ in range(4)]
    flow.append(Table([["Measure", "Now", "Likely range"], *[[m, v[-1], f"{v[-1] - 7} to {v[-1] + 7}"] for m, v in SCORES.items()]]))
    flow += [PageBreak(), text("Trends", "Heading1")]
    for measure, values in SCORES.items():
        flow += [text(measure, "Heading2"), text(WORDS), drawing(values)]
    for measure, shares in SPREAD.items():
        flow += [text(measure), spread_drawing(shares)]
    flow += [text("Taking part", "Heading2"), drawing(SCORES[MEASURES[0]])]
    flow += [text("Levers in play", "Heading2"), Table([["Lever", "Status", "Owner", "Look again"], *LEVERS])]
    flow += [PageBreak(), text("How to read this", "Heading1")] + [text(WORDS) for _ in range(8)]
    flow += [PageBreak(), text("Figures", "Heading1")]
    for measure, values in SCORES.items():
        rows = figures(values)
        flow += [text(measure, "Heading2"), Table([["Check-in", "Score", "Likely", "Based on"], *rows], repeatRows=1)]
    for title, head, rows in small_tables():
        flow += [text(title, "Heading2"), Table([head, *rows])]
    made = SimpleDocTemplate(out, pagesize=A4, title="Wellbeing summary")
    made.build(flow, onFirstPage=running, onLaterPages=running)
    return out.getvalue()


def by_matplotlib():
    out = io.BytesIO()
    with PdfPages(out) as pages:
        for page in range(2):
            figure, axes = pyplot.subplots(2, 1, figsize=(8.27, 11.69))
            shown = [*SCORES.items(), ("Taking part", SCORES[MEASURES[0]])][page * 2 : page * 2 + 2]
            for axis, (measure, values) in zip(axes, shown):
                xs = range(len(values))
                axis.fill_between(xs, [it - 7 for it in values], [it + 7 for it in values], alpha=0.3)
                axis.plot(xs, values, marker="o")
                axis.set_title(measure)
                axis.set_ylim(0, 100)
            pages.savefig(figure)
            pyplot.close(figure)
        figure, axes = pyplot.subplots(3, 1, figsize=(8.27, 11.69))
        for axis, (measure, shares) in zip(axes, SPREAD.items()):
            axis.barh([0] * 3, shares, left=[0, shares[0], shares[0] + shares[1]], edgecolor="black")
            axis.set_title(measure)
        pages.savefig(figure)
        pyplot.close(figure)
        tables = [(["Check-in", "Score", "Likely", "Based on"], figures(it)) for it in SCORES.values()]
        tables += [(head, rows) for _, head, rows in small_tables()]
        for head, rows in tables:
            figure, axis = pyplot.subplots(figsize=(8.27, 11.69))
            axis.axis("off")
            axis.table(cellText=rows, colLabels=head, loc="upper center")
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
    look = os.environ.get("TIDELINE_LOOK")
    for name, make in peers.items():
        made = make()
        if look:
            pathlib.Path(look, f"peer-{name}.pdf").write_bytes(made)
    for _ in range(rounds):
        said = subprocess.run([program, "--peer", "20"], stdout=subprocess.PIPE, check=True, text=True).stdout
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
