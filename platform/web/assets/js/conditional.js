// A question that hangs on another one of the same page is shown once it applies.
export function showWhatApplies() {
  document.querySelectorAll("[data-visible-question]").forEach((field) => {
    const values = field.dataset.visibleValues.split(" ");
    const inputs = document.querySelectorAll(`input[name="${CSS.escape(field.dataset.visibleQuestion)}"]`);
    if (!inputs.length) return;
    const show = () => {
      field.hidden = ![...inputs].some((input) => input.checked && values.includes(input.value));
    };
    inputs.forEach((input) => input.addEventListener("change", show));
    show();
  });
}
