// A form with a passkey: the button asks the browser for one, and what it answers is sent with the form.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function asked(options) {
  const key = ({ id, ...rest }) => ({ ...rest, id: bytes(id) });
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: key(options.user) }),
    ...(options.allowCredentials && { allowCredentials: options.allowCredentials.map(key) }),
    ...(options.excludeCredentials && { excludeCredentials: options.excludeCredentials.map(key) }),
  };
}

function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  const { id, type } = credential;
  return { id, type, rawId: text(credential.rawId), response, clientExtensionResults: {} };
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  const failed = form.querySelector("[data-passkey-failed]");
  form.querySelector("[data-passkey-button]").hidden = !window.PublicKeyCredential;
  form.querySelector("[data-passkey-lacking]").hidden = Boolean(window.PublicKeyCredential);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const publicKey = asked(JSON.parse(form.dataset.options));
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
      form.elements.answer.value = JSON.stringify(answered(credential));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
