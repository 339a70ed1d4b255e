// A bisection of configurations as a page: the options, and each mixture that was tried.
import type { KconfigRecord, KconfigStep } from "../../hunt/kconfig-record.ts";
import { symptomWords } from "../../hunt/symptom.ts";
import { percentWords } from "../words.ts";
import { ColumnHeads, Facts, Section } from "./elements.tsx";
import { Answers } from "./hunt-elements.tsx";
import { renderPage } from "./page.tsx";

export function kconfigPage(record: KconfigRecord): string {
  const { id, options, differences, symptom, confidence, steps } = record;
  const headline = `${options.length} of ${differences} options make the difference`;
  return renderPage({
    title: `uffd-wp bisect: ${headline}`,
    head: (
      <>
        <h1>{headline}</h1>
        <Facts
          facts={[
            ["Symptom", symptomWords(symptom)],
            ["Confidence", percentWords(confidence)],
            ["Hunt", id],
          ]}
        />
      </>
    ),
    contents: [
      ["options", "Options"],
      ["steps", "Mixtures"],
    ],
    body: (
      <>
        <Section id="options" title="Together they make it, and none can be left out">
          <table class="lined">
            <ColumnHeads names={["option", "good", "bad"]} />
            <tbody>
              {options.map(({ option, good, bad }) => (
                <tr key={option}>
                  <th scope="row" class="id">
                    {option}
                  </th>
                  <td>{good ?? "its default"}</td>
                  <td>{bad ?? "its default"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
        <Section id="steps" title={`Mixtures that were tried (${steps.length})`}>
          <Answers head="as in the bad one" name={mixtureName} answers={steps} />
        </Section>
      </>
    ),
  });
}

function mixtureName({ options }: KconfigStep) {
  return (
    <details class="id">
      <summary>{options.length} options</summary>
      {options.join(" ")}
    </details>
  );
}
