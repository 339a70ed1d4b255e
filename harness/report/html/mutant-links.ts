// Where a campaign's page has what is known of a mutant.
import type { MutantRecord } from "../../record/campaign-record.ts";

/** A survivor's own page, below the campaign's directory. */
export function survivorFile({ id }: Pick<MutantRecord, "id">): string {
  return `mutants/${id}.html`;
}

/** The same as a link: an id may be the name of a file, of any characters. */
export function survivorLink(mutant: Pick<MutantRecord, "id">): string {
  return survivorFile(mutant).split("/").map(encodeURIComponent).join("/");
}

/** The names of the cases that notice it, of one suite or of one operation. */
export function noticesAnchor({ id }: Pick<MutantRecord, "id">, column: string): string {
  return `${id}/${column}`.replaceAll(/[^\w./-]+/g, "-");
}
