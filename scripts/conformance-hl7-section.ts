/** What running HL7's validator over the guide came to, as a line and as a section of a page. */
import type { PeerRun, PeerRuns } from './conformance-hl7-cases.ts';

/** Runs where a verdict is not what it is meant to be. */
function failedOf(runs: readonly PeerRun[]): readonly PeerRun[] {
  return runs.filter(({ meant, hl7, ours }) => meant !== hl7 || meant !== ours);
}

/** False where one was run and a verdict is not what it is meant to be. */
export function peerHolds(peer: PeerRuns): boolean {
  return peer.kind === 'skipped' || failedOf(peer.runs).length === 0;
}

/** Each failure on a line, and last what passed of what, or why nothing was run. */
export function peerLines(peer: PeerRuns): readonly string[] {
  if (peer.kind === 'skipped') return [`HL7's validator on the guide: skipped, ${peer.reason}`];
  const failed = failedOf(peer.runs);
  return [
    ...failed.map(({ name, meant, hl7, ours, hl7Error, ourError }) =>
      `${name}: meant ${meant}; HL7's ${hl7} ${hl7Error}; ours ${ours} ${ourError}`.trim(),
    ),
    `HL7's validator on the guide: ${peer.runs.length - failed.length} of ${peer.runs.length} as meant, by both`,
  ];
}

export function peerSection(peer: PeerRuns): readonly string[] {
  const title = ["## HL7's validator on the guide", ''];
  if (peer.kind === 'skipped') return [...title, `Not run: ${peer.reason}.`, ''];
  const { runs } = peer;
  const failed = failedOf(runs);
  const count = (meant: PeerRun['meant']): number => runs.filter((run) => run.meant === meant).length;
  return [
    ...title,
    'The Java validator, run over the StructureDefinitions and examples of the package, over bundles of the example cohort',
    'and the answers of every operation about its patients, and over the invalid examples of the',
    `tests: ${count('valid')} that have to be valid, ${count('invalid')} that have to be invalid. Both validators give the verdict that is meant on`,
    `${runs.length - failed.length} of ${runs.length}.`,
    '',
    ...(failed.length === 0
      ? []
      : [
          "| file | meant | HL7's | ours |",
          '|---|---|---|---|',
          ...failed.map(
            ({ name, meant, hl7, ours, hl7Error, ourError }) =>
              `| ${name} | ${meant} | ${hl7} ${cell(hl7Error)} | ${ours} ${cell(ourError)} |`,
          ),
          '',
        ]),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').slice(0, 200);
}
