// Takes the place of the phone into the hidden fields, where the reader asks for it.
export function offerLocation() {
  if (!navigator.geolocation) return;
  document.querySelectorAll("[data-locate]").forEach((button) => {
    const field = (name) => document.getElementById(`${button.dataset.locate}-${name}`);
    const told = document.getElementById(`${button.dataset.locate}-located`);
    const tell = (text) => { told.textContent = text; };
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      navigator.geolocation.getCurrentPosition((found) => {
        field("lat").value = found.coords.latitude.toFixed(6);
        field("lng").value = found.coords.longitude.toFixed(6);
        tell(button.dataset.done);
        button.disabled = false;
      }, () => {
        tell(button.dataset.failed);
        button.disabled = false;
      }, { enableHighAccuracy: true, timeout: 15000 });
    });
  });
}
