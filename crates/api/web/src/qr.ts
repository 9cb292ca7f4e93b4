// A QR code as an image that nothing parses: squares in an SVG.

import encodeQR from "qr";

const SVG = "http://www.w3.org/2000/svg";

/** Draws `text`; `label` says what it is to those who do not see it. */
export function qrImage(text: string, label: string): SVGSVGElement {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 2 });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("class", "qr");
  const paper = document.createElementNS(SVG, "path");
  paper.setAttribute("class", "qr-paper");
  paper.setAttribute("d", `M0 0h${rows.length}v${rows.length}h-${rows.length}z`);
  const ink = document.createElementNS(SVG, "path");
  ink.setAttribute("class", "qr-ink");
  ink.setAttribute("d", rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
  svg.append(paper, ink);
  return svg;
}
