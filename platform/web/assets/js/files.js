// Shows what was chosen before it is sent, and says when a file is larger than what is taken.
const inMegabytes = (bytes) => (bytes / 1048576).toFixed(1);

function shown(file, input) {
  const item = document.createElement("li");
  if (file.type.startsWith("image/")) {
    const picture = document.createElement("img");
    picture.src = URL.createObjectURL(file);
    picture.alt = "";
    item.append(picture);
  }
  const large = file.size > Number(input.dataset.largest);
  item.append(`${file.name} (${inMegabytes(file.size)} MB)`);
  if (large) {
    item.className = "too-large";
    item.append(` ${input.dataset.tooLarge}`);
  }
  return item;
}

export function previewFiles() {
  document.querySelectorAll("input[type=file][data-largest]").forEach((input) => {
    const list = document.createElement("ul");
    list.className = "previews";
    list.setAttribute("aria-live", "polite");
    input.after(list);
    input.addEventListener("change", () => {
      list.replaceChildren(...[...input.files].map((file) => shown(file, input)));
    });
  });
}
