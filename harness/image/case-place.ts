// Where a case stands among the others: its id is MAPPING/FORM/OPERATION, as cases/README.md has it.

/** As cases/README.md lists them; an id with another one belongs to somebody else's tests. */
export const FORMS: readonly string[] = [
  "none",
  "present",
  "swap",
  "device",
  "exclusive",
  "marker",
  "migration",
  "huge",
  "huge-zero",
  "huge-migration",
  "huge-device",
];
/** The cases that read before they write stand where those do that don't. */
const THEN_READ = /-then-read$/;

/** Undefined for an id that is none of ours. */
export function casePlace(id: string) {
  const [mapping = "", form = "", ...rest] = id.split("/");
  const operation = rest.join("/").replace(THEN_READ, "");
  return FORMS.includes(form) && operation !== "" ? { mapping, form, operation } : undefined;
}
