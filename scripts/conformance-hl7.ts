/**
 * `node scripts/conformance-hl7.ts`: HL7's validator and ours over the definitions and examples of the guide and over what
 * the demo takes in and gives, one patient of eight or, with `--full`, all. Prints what is not as meant, and last what passed of what; exit 1 where something did not. Skips where Java or Maven is missing.
 */
import { runPeer, SAMPLE } from './conformance-hl7-cases.ts';
import { peerHolds, peerLines } from './conformance-hl7-section.ts';

const peer = await runPeer(process.argv.includes('--full') ? 1 : SAMPLE);
process.stdout.write(`${peerLines(peer).join('\n')}\n`);
if (!peerHolds(peer)) process.exitCode = 1;
