/**
 * Group commit: single writes that arrive while others are being stored are stored together, in one transaction.
 * Each has its own answer; where one of a group is refused, each is tried alone. Writes that could see each other are
 * never in one group, so that the outcome is that of some order of them.
 */
import { CartographError, rejection } from '../core/cartograph-error.ts';
import type { Condition } from '../fhir/condition.ts';
import type { PlannedWrite } from '../fhir/plan-entry.ts';
import { identifiersOf, parseReference, referencesOf } from '../fhir/references.ts';
import type { SearchContext } from '../fhir/search/parse-criterion.ts';
import { FOLLOWED_TYPES } from '../store/person/stale-patients.ts';
import type { IngestContext, IngestDeps } from './ingest-deps.ts';
import { isIndirect } from './rebuild/affected-patients.ts';
import { referenceConditions } from './resolve-references.ts';
import { conditionOf } from './resolve-targets.ts';
import type { WriteResult } from './save-drafts.ts';
import { storeWrites } from './store-writes.ts';
import { identifierKey, soughtIdentifiers } from './write-locks.ts';

export interface WriteQueue {
  /** Stores one resource. Throws `service-busy` where too many wait. */
  submit(write: PlannedWrite, context: IngestContext): Promise<WriteResult>;
  /** How many wait. */
  waiting(): number;
}

export interface WriteQueueOptions {
  /** Groups that are stored at the same time. */
  readonly lanes: number;
  readonly maxGroup: number;
  readonly maxWaiting: number;
}

/** What a write would change or look for, as far as another could notice. */
interface Footprint {
  readonly ids: readonly string[];
  readonly identifiers: readonly string[];
  readonly sought: readonly string[];
  readonly types: readonly string[];
  /** Types of which a condition without an identifier could find any resource. */
  readonly scanned: readonly string[];
}

const FOOTPRINT = ['ids', 'identifiers', 'sought', 'types', 'scanned'] as const;

interface Waiting {
  readonly footprint: Footprint;
  readonly write: PlannedWrite;
  readonly context: IngestContext;
  readonly done: (result: WriteResult) => void;
  readonly fail: (error: unknown) => void;
}

export function createWriteQueue(deps: IngestDeps, options: WriteQueueOptions): WriteQueue {
  const waiting: Waiting[] = [];
  let running = 0;

  const next = (): void => {
    if (running >= options.lanes || waiting.length === 0) return;
    const group = takeGroup(waiting, options.maxGroup);
    running += 1;
    storeGroup(group, deps).finally(() => {
      running -= 1;
      next();
    });
  };

  const submit: WriteQueue['submit'] = (write, context) => {
    if (waiting.length >= options.maxWaiting) {
      return Promise.reject(rejection('service-busy', 'Too many writes are waiting'));
    }
    return new Promise((done, fail) => {
      waiting.push({ write, footprint: footprintOf(write, deps.searchContext()), context, done, fail });
      next();
    });
  };
  return {
    submit: (write, context) => deps.observer.step('store', () => submit(write, context)),
    waiting: () => waiting.length,
  };
}

/** The first of those that wait, and those after it that go with it. */
function takeGroup(waiting: Waiting[], maxGroup: number): readonly Waiting[] {
  const group: Waiting[] = [];
  const left: Waiting[] = [];
  const taken = {
    ids: new Set<string>(),
    identifiers: new Set<string>(),
    sought: new Set<string>(),
    types: new Set<string>(),
    scanned: new Set<string>(),
  };
  for (const one of waiting) {
    const fits = group.length < maxGroup && (group[0]?.context.site ?? one.context.site) === one.context.site;
    if (fits && !meets(one.footprint, taken)) {
      for (const name of FOOTPRINT) {
        for (const key of one.footprint[name]) taken[name].add(key);
      }
      group.push(one);
    } else {
      left.push(one);
    }
  }
  waiting.splice(0, waiting.length, ...left);
  return group;
}

type Taken = Readonly<Record<keyof Footprint, ReadonlySet<string>>>;

function meets({ ids, identifiers, sought, types, scanned }: Footprint, taken: Taken): boolean {
  return (
    ids.some((id) => taken.ids.has(id)) ||
    identifiers.some((name) => taken.sought.has(name)) ||
    sought.some((name) => taken.identifiers.has(name) || taken.sought.has(name)) ||
    types.some((type) => taken.scanned.has(type)) ||
    scanned.some((type) => taken.types.has(type))
  );
}

/** Throws what is wrong with a condition of the write. */
function footprintOf(write: PlannedWrite, context: SearchContext): Footprint {
  const { type, kind } = write.interaction;
  const own = conditionOf(write);
  const conditions = [...(own === undefined ? [] : [own]), ...referenceConditions([write], context)];
  // A group of creates is looked over once it is stored; only equal conditions are kept apart before.
  const isLookedOver = (one: Condition): boolean => one === own && kind === 'create';
  const unnamed = conditions.filter((one) => soughtIdentifiers(one) === undefined);
  return {
    ids: write.interaction.kind === 'update' ? [`${type}/${write.interaction.id}`] : [],
    identifiers: identifiersOf(write.resource).map(({ value }) => identifierKey(type, value)),
    sought: [
      ...conditions.flatMap((one) =>
        (soughtIdentifiers(one) ?? []).map((value) => identifierKey(one.type, value)),
      ),
      ...unnamed.filter(isLookedOver).map(({ name }) => name),
    ],
    types: [type],
    scanned: unnamed.filter((one) => !isLookedOver(one)).map((one) => one.type),
  };
}

async function storeGroup(group: readonly Waiting[], deps: IngestDeps): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  try {
    const writes = group.map(({ write }) => write);
    const run = writes.every(isOneStatement) ? deps.database.session : deps.database.transaction;
    const stored = await run((tx) => storeWrites(tx, writes, [], first.context, deps, writes.length > 1));
    deps.observer.stored(stored.writes);
    for (const [index, { done }] of group.entries()) {
      const result = stored.writes[index];
      if (result !== undefined) done(result);
    }
  } catch (error) {
    const isBusy = error instanceof CartographError && error.code === 'service-busy';
    if (group.length === 1 || isBusy) for (const { fail } of group) fail(error);
    else for (const one of group) await storeGroup([one], deps);
  }
}

/** Storing it takes a single statement, which is a transaction by itself: it needs no lock and no second look. */
function isOneStatement(write: PlannedWrite): boolean {
  const { interaction, resource } = write;
  const { type } = interaction;
  if (interaction.kind !== 'create' || interaction.unless !== undefined || type === 'Patient') return false;
  const references = referencesOf(resource);
  const leadsToFollowed = references.some(({ reference, identifier }) => {
    const form = reference === undefined ? undefined : parseReference(reference);
    return (
      identifier !== undefined ||
      form?.form === 'conditional' ||
      (form?.form === 'literal' && FOLLOWED_TYPES.includes(form.type))
    );
  });
  return !leadsToFollowed && !isIndirect({ type, id: '', references });
}
