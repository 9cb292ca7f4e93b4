// The page behind a sign-in link. The code is in the address's fragment, which no server and no mail
// scanner that opens links ever sees; this script moves it into the form and sends that.

const code = location.hash.slice(1);
// Out of the address bar and the history before anything else happens.
history.replaceState(null, "", location.pathname);
const field = document.querySelector<HTMLInputElement>('input[name="code"]');
if (code !== "" && field?.form) {
  field.value = code;
  field.form.submit();
}
