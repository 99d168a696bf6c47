/** Stores what a message brings, whole or not at all, and once: sent again it is answered as the first time. */
import { rejection } from '../core/cartograph-error.ts';
import type { Message } from '../fhir/parse-message.ts';
import { lockMessage, saveMessage } from '../store/processed-messages.ts';
import type { IngestContext, IngestDeps } from './ingest-deps.ts';
import { writeInTransaction } from './run-entries.ts';

/** Answers the JSON text of the answer; `respond` makes it for a message that is new. */
export async function ingestMessage(
  { header, writes, digest }: Message,
  respond: (resources: number) => string,
  context: IngestContext,
  deps: IngestDeps,
): Promise<string> {
  return writeInTransaction(deps, async (tx, write) => {
    const earlier = await lockMessage(tx, context.site, header.id);
    if (earlier !== undefined) {
      if (earlier.digest === digest) return earlier.response;
      const expression = 'Bundle.entry[0].resource.id';
      throw rejection('message-id-reused', `${expression}: another message had that id`, {
        expression,
        expected: 'an id that the sender gives to no other message',
      });
    }
    await write(writes, context);
    const response = respond(writes.length);
    await saveMessage(tx, context.site, header.id, { digest, response }, deps.now());
    return response;
  });
}
