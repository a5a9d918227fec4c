// Asks the device for a passkey and sends its answer with the form it belongs to.

const form = document.querySelector("form[data-nep-passkey]");
const options = JSON.parse(document.getElementById("passkey-options").textContent).publicKey;
const says = form.querySelector("[data-nep-passkey-says]");

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

// The server speaks of bytes in base64url; the device wants them as bytes.
function forDevice(given) {
  const asked = { ...given, challenge: bytes(given.challenge) };
  if (given.user) asked.user = { ...given.user, id: bytes(given.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (given[list]) asked[list] = given[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return asked;
}

function forServer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  const { id, type } = credential;
  return { id, rawId: text(credential.rawId), type, response, clientExtensionResults: {} };
}

form.addEventListener("submit", async (event) => {
  if (form.elements.answer.value || !form.reportValidity()) return;
  event.preventDefault();
  const act = form.dataset.nepPasskey;
  try {
    const credential = await navigator.credentials[act]({ publicKey: forDevice(options) });
    form.elements.answer.value = JSON.stringify(forServer(credential));
    form.submit();
  } catch (error) {
    says.textContent =
      error.name === "InvalidStateError"
        ? "Thiết bị này đã có khóa của tài khoản."
        : "Chưa dùng được khóa: đã bỏ qua hoặc hết thời gian. Bấm lại để thử lần nữa.";
  }
});
