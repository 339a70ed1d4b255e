// A place that a mutant changes, as the store and the record of a campaign keep it.
import { z } from "zod";

export const spotSchema = z.object({
  file: z.string(),
  function: z.string(),
  /** In the file as it was, from 1. */
  line: z.number(),
  original: z.string(),
  changed: z.string(),
  /** Lines of the file around the spot. */
  context: z.object({ from: z.number(), lines: z.array(z.string()) }),
});

export type SpotPlace = z.infer<typeof spotSchema>;
