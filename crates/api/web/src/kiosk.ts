// The survey on a shared tablet: a person brings a token as a code, answers, and the tablet forgets.
//
// Nothing is stored here at any time: the token and the answers live in this document, and the page
// after it has the browser throw away everything of this origin.

import frameDecoder from "qr/decode.js";

import { invite } from "./answer.ts";
import { isBearer, parseBearer } from "./bearer.ts";
import { Unreachable, listedWaves, pinFrom } from "./net.ts";
import { element, setting, text as said } from "./page.ts";
import { elsewhere, show, showError } from "./survey.ts";

/** Without a touch or key for so long, the page asks; so much later it forgets. Unit: milliseconds. */
const IDLE = 60_000;
const WARNING = 20_000;
/** How long "thank you" stays. */
const THANKS = 12_000;

let used = false;

/** To the page that has the browser forget. */
const leave = (): void => element<HTMLFormElement>("forget").submit();

async function begin(text: string): Promise<void> {
  if (used) return;
  used = true;
  stopCamera();
  try {
    const { seq, token } = parseBearer(text);
    const { now, waves } = await listedWaves();
    const wave = waves.find((it) => it.seq === seq);
    // One that is over is listed until nothing on its way can still arrive.
    if (wave === undefined || wave.closes <= now) return show("closed-kiosk");
    if (now < wave.opens) return show("early-kiosk");
    const { pinned } = await pinFrom([location.origin, setting("appOrigin")], seq, []);
    const there = elsewhere(pinned.manifest);
    // What follows # is sent to nobody.
    if (there !== undefined) return location.replace(`${there}#${text}`);
    show("promise");
    invite({ pinned, token, sent: async () => undefined }, true, () => setTimeout(leave, THANKS));
  } catch (error) {
    used = false;
    if (error instanceof Unreachable) return show(navigator.onLine ? "unreachable" : "offline");
    if (isBearer(text)) return show("unsafe");
    show("scan");
    showError(said("booth-kiosk-bad-code"), said("booth-kiosk-bad-code-text"));
  }
}

// ---- the code: from the address, the camera, or a hand scanner that types

let stream: MediaStream | undefined;

function stopCamera(): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
  element<HTMLVideoElement>("camera").srcObject = null;
}

/** The part of a scanned address that is the code. */
const codeIn = (text: string): string => text.slice(text.indexOf("#") + 1).trim();

async function scan(): Promise<void> {
  const video = element<HTMLVideoElement>("camera");
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" }, audio: false });
  } catch {
    return showError(said("booth-kiosk-no-camera"), said("booth-kiosk-no-camera-text"));
  }
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const look = (): void => {
    if (stream === undefined || context === null) return;
    const { videoWidth: width, videoHeight: height } = video;
    if (width > 0) {
      canvas.width = width;
      canvas.height = height;
      context.drawImage(video, 0, 0);
      try {
        const text = codeIn(frameDecoder(context.getImageData(0, 0, width, height)));
        if (isBearer(text)) return void begin(text);
      } catch {
        // No code in this picture.
      }
    }
    setTimeout(look, 150);
  };
  look();
}

// ---- forgetting

let timer: ReturnType<typeof setTimeout> | undefined;
const warning = element<HTMLDialogElement>("idle-warning");

function awake(): void {
  clearTimeout(timer);
  if (warning.open) warning.close();
  timer = setTimeout(() => {
    // Nobody is here, and nobody has been: nothing to forget.
    if (!used) return awake();
    warning.showModal();
    timer = setTimeout(leave, WARNING);
  }, IDLE);
}

addEventListener("pointerdown", awake);
addEventListener("keydown", (event) => {
  // Any key asks for more time and does nothing else: not on the button, nor on the question behind it.
  if (warning.open) event.preventDefault();
  awake();
});
// A page that comes back from the browser's memory must not show the person before.
addEventListener("pageshow", (event) => {
  if (event.persisted) leave();
});
addEventListener("pagehide", stopCamera);

const given = location.hash.slice(1);
// Out of the address bar and the history before anything else happens.
if (given !== "") history.replaceState(null, "", location.pathname + location.search);
element("scan-start").addEventListener("click", () => void scan());
element("scan-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = element<HTMLInputElement>("scan-text");
  const text = codeIn(field.value);
  field.value = "";
  void begin(text);
});
awake();
if (given === "") show("scan");
else void begin(given);
