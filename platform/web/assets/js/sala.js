// Progressive enhancement only: every page works without this file.
import { sendOnce } from "./send.js";
import { showWhatApplies } from "./conditional.js";
import { offerLocation } from "./location.js";
import { previewFiles } from "./files.js";
import { warnBeforeLeaving } from "./leaving.js";
import { closeMenus } from "./menus.js";
import { offerPrinting } from "./print.js";

document.querySelector(".error-summary")?.focus();
sendOnce();
showWhatApplies();
offerLocation();
previewFiles();
warnBeforeLeaving();
closeMenus();
offerPrinting();
