// The page behind a sign-in link. The code is in the address's fragment, which no server and no mail
// scanner that opens links ever sees; this script moves it into the form and sends that.
//
// It is also where the ballot origin sends the browser back to, if that is another site: a request
// that another site caused carries no session, so the way home is made by this page.

import { unwrap } from "./parcel.ts";

if (unwrap(location.hash) === undefined) follow();
else location.replace(`/${location.hash}`);

function follow(): void {
  const code = location.hash.slice(1);
  // Out of the address bar and the history before anything else happens.
  history.replaceState(null, "", location.pathname);
  const field = document.querySelector<HTMLInputElement>('input[name="code"]');
  if (code !== "" && field?.form) {
    field.value = code;
    field.form.submit();
  }
}
