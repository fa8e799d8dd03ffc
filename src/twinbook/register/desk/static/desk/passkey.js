// Passkeys: asks the browser for one and puts its answer into the form that was sent.
(() => {
  "use strict";

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const letters = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const create = async (options) => {
    const user = { ...options.user, id: bytes(options.user.id) };
    const publicKey = { ...options, user, challenge: bytes(options.challenge), excludeCredentials: known(options.excludeCredentials) };
    const made = await navigator.credentials.create({ publicKey });
    const { clientDataJSON, attestationObject } = made.response;
    return answer(made, { clientDataJSON: letters(clientDataJSON), attestationObject: letters(attestationObject) });
  };
  const get = async (options) => {
    const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) };
    const shown = await navigator.credentials.get({ publicKey });
    const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
    return answer(shown, {
      clientDataJSON: letters(clientDataJSON),
      authenticatorData: letters(authenticatorData),
      signature: letters(signature),
      userHandle: userHandle ? letters(userHandle) : null,
    });
  };
  const answer = (credential, response) =>
    JSON.stringify({ id: credential.id, rawId: letters(credential.rawId), type: credential.type, clientExtensionResults: {}, response });

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      try {
        const token = form.elements.csrfmiddlewaretoken.value;
        const asked = await fetch(form.dataset.options, { method: "POST", headers: { "X-CSRFToken": token } });
        if (!asked.ok) throw new Error(String(asked.status));
        const options = await asked.json();
        form.elements.credential.value = await (form.dataset.passkey === "create" ? create(options) : get(options));
        form.submit();
      } catch {
        form.querySelector("[data-passkey-trouble]").hidden = false;
      }
    });
  });
})();
