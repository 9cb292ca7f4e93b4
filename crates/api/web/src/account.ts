// The account page: the way to a code or a passkey with which a check-in is found again.

import { CHOICE } from "./choice.ts";
import { element } from "./page.ts";
import { toRecovery } from "./recoveries.ts";

const place = element("recovery-ways");

function offer(id: string, purpose: "code" | "passkey"): void {
  const button = document.getElementById(id);
  button?.addEventListener("click", () => {
    void toRecovery(place.dataset["ballot"] ?? "", purpose).then((left) => {
      element("recovery-failed").hidden = left;
    });
  });
}

// What outlives a check-in is nothing for a browser that others use.
const choice = localStorage.getItem(CHOICE);
if (choice === "others") element("recovery-shared").hidden = false;
else {
  // Nobody has said yet that this one is theirs.
  element("recovery-own-device").hidden = choice === "here";
  offer("recovery-code", "code");
  offer("recovery-passkey", "passkey");
  place.hidden = false;
}
