import { type CodeSystemResource, HeldCodeSystem } from './terminology-code-system.ts';
import { passesFilter, type ValueSetFilter } from './terminology-filter.ts';
import { isSyntacticCode } from './terminology-syntactic.ts';

/** Whether a code is in a value set, as far as can be said without a terminology server. */
export type Membership = 'member' | 'not-member' | 'unknown';

interface ConceptSet {
  readonly system?: string;
  readonly concept?: readonly { readonly code: string }[];
  readonly filter?: readonly ValueSetFilter[];
  readonly valueSet?: readonly string[];
}

interface ExpandedConcept {
  readonly system?: string;
  readonly code?: string;
  readonly contains?: readonly ExpandedConcept[];
}

export interface ValueSetResource {
  readonly url?: string;
  readonly name?: string;
  readonly compose?: { readonly include?: readonly ConceptSet[]; readonly exclude?: readonly ConceptSet[] };
  readonly expansion?: { readonly contains?: readonly ExpandedConcept[] };
}

export interface TerminologySource {
  /** Canonical URLs without version. */
  codeSystem(url: string): CodeSystemResource | undefined;
  valueSet(url: string): ValueSetResource | undefined;
}

export type MembershipTest = (system: string | undefined, code: string) => Membership;

const MAX_UNKNOWN = 1000;
const UNDECIDED: MembershipTest = () => 'unknown';

/** Value sets and code systems of a source, each made ready when it is first asked for. */
export class Terminology {
  readonly #source: TerminologySource;
  readonly #systems = new Map<string, HeldCodeSystem>();
  readonly #unknown = new Set<string>();
  readonly #unknownSystems = new Set<string>();
  readonly #tests = new Map<string, MembershipTest>();

  constructor(source: TerminologySource) {
    this.#source = source;
  }

  codeSystem(url: string): HeldCodeSystem | undefined {
    const held = this.#systems.get(url);
    if (held !== undefined || this.#unknownSystems.has(url)) return held;
    const resource = this.#source.codeSystem(url);
    if (resource === undefined) return forget(url, this.#unknownSystems);
    const system = new HeldCodeSystem(resource);
    this.#systems.set(url, system);
    return system;
  }

  hasValueSet(url: string): boolean {
    return this.#testOf(url) !== undefined;
  }

  /** The test of membership in a value set. Its `system` is undefined for a bare code. */
  membershipTest(valueSet: string): MembershipTest {
    return this.#testOf(valueSet) ?? UNDECIDED;
  }

  /** The test of membership in a value set at hand, such as a contained one. */
  testOf(valueSet: ValueSetResource): MembershipTest {
    return this.#compile(valueSet);
  }

  /** Does the system have the code? */
  codeExists(system: string, code: string): Membership {
    return this.#inWholeSystem(system, code);
  }

  #testOf(canonical: string): MembershipTest | undefined {
    const bar = canonical.indexOf('|');
    const url = bar < 0 ? canonical : canonical.slice(0, bar);
    const present = this.#tests.get(url);
    if (present !== undefined || this.#unknown.has(url)) return present;
    const resource = this.#source.valueSet(url);
    if (resource === undefined) return forget(url, this.#unknown);
    this.#tests.set(url, UNDECIDED);
    const test = this.#compile(resource);
    this.#tests.set(url, test);
    return test;
  }

  #compile({ compose, expansion }: ValueSetResource): MembershipTest {
    if (compose?.include === undefined) {
      return expansion?.contains === undefined ? UNDECIDED : listed(expansion.contains);
    }
    const includes = compose.include.map((set) => this.#compileSet(set));
    const excludes = (compose.exclude ?? []).map((set) => this.#compileSet(set));
    return (system, code) => {
      const included = anyOf(includes, system, code);
      if (included === 'not-member' || excludes.length === 0) return included;
      const excluded = anyOf(excludes, system, code);
      if (excluded === 'member') return 'not-member';
      return excluded === 'unknown' ? 'unknown' : included;
    };
  }

  #compileSet(set: ConceptSet): MembershipTest {
    const tests = (set.valueSet ?? []).map((url) => this.#referred(url));
    if (set.system !== undefined) tests.push(inSystem(set.system, this.#compileSystem(set.system, set)));
    return (system, code) => allOf(tests, system, code);
  }

  /** Another value set, looked up when it is first asked; one that includes itself cannot be decided. */
  #referred(url: string): MembershipTest {
    let test: MembershipTest | undefined;
    let isAsked = false;
    return (system, code) => {
      if (isAsked) return 'unknown';
      test ??= this.#testOf(url) ?? UNDECIDED;
      isAsked = true;
      try {
        return test(system, code);
      } finally {
        isAsked = false;
      }
    };
  }

  #compileSystem(url: string, { concept, filter }: ConceptSet): MembershipTest {
    if (concept !== undefined) {
      const codes = new Set(concept.map(({ code }) => code));
      return (_system, code) => (codes.has(code) ? 'member' : 'not-member');
    }
    const whole = this.#wholeSystem(url);
    if (filter === undefined || filter.length === 0) return whole;
    return (system, code) => {
      const held = this.codeSystem(url);
      if (held === undefined || !held.isComplete) return 'unknown';
      if (held.find(code) === undefined) return whole(system, code);
      const verdicts = filter.map((each) => passesFilter(held, code, each));
      if (verdicts.includes(false)) return 'not-member';
      return verdicts.includes(undefined) ? 'unknown' : 'member';
    };
  }

  #wholeSystem(url: string): MembershipTest {
    return (_system, code) => this.#inWholeSystem(url, code);
  }

  #inWholeSystem(url: string, code: string): Membership {
    const bySyntax = isSyntacticCode(url, code);
    if (bySyntax !== undefined) return bySyntax ? 'member' : 'not-member';
    const held = this.codeSystem(url);
    if (held === undefined) return 'unknown';
    if (held.find(code) !== undefined) return 'member';
    return held.isComplete ? 'not-member' : 'unknown';
  }
}

/** Remembers that a URL is unknown; not of any number, since URLs come from outside. */
function forget(url: string, unknown: Set<string>): undefined {
  if (unknown.size >= MAX_UNKNOWN) unknown.clear();
  unknown.add(url);
  return undefined;
}

function inSystem(url: string, test: MembershipTest): MembershipTest {
  return (system, code) => (system === undefined || system === url ? test(system, code) : 'not-member');
}

function anyOf(tests: readonly MembershipTest[], system: string | undefined, code: string): Membership {
  let best: Membership = 'not-member';
  for (const test of tests) {
    const found = test(system, code);
    if (found === 'member') return found;
    if (found === 'unknown') best = found;
  }
  return best;
}

function allOf(tests: readonly MembershipTest[], system: string | undefined, code: string): Membership {
  let worst: Membership = 'member';
  for (const test of tests) {
    const found = test(system, code);
    if (found === 'not-member') return found;
    if (found === 'unknown') worst = found;
  }
  return worst;
}

function listed(contains: readonly ExpandedConcept[]): MembershipTest {
  const keys = new Set<string>();
  const add = (items: readonly ExpandedConcept[]): void => {
    for (const { system, code, contains: below } of items) {
      if (code !== undefined) keys.add(code).add(`${system} ${code}`);
      if (below !== undefined) add(below);
    }
  };
  add(contains);
  return (system, code) =>
    keys.has(system === undefined ? code : `${system} ${code}`) ? 'member' : 'not-member';
}
