// All journeys, one file each, in a real browser; axe looks at every page reached. Expects the demo town at
// SALA_BASE_URL. `node journeys.mjs WORDS…` runs those whose name holds one of the words.
import { finish } from "./harness.mjs";

await import("./journeys/public.mjs");
await import("./journeys/resident.mjs");
await import("./journeys/officer.mjs");
await import("./journeys/counter.mjs");
await import("./journeys/administrator.mjs");
await finish();
