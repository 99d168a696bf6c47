/** A CodeSystem held for look-up: codes, displays, the hierarchy and the properties that filters use. */

export interface ConceptDefinition {
  readonly code: string;
  readonly display?: string;
  readonly designation?: readonly { readonly value?: string }[];
  readonly property?: readonly ({ readonly code: string } & Readonly<Record<string, unknown>>)[];
  readonly concept?: readonly ConceptDefinition[];
}

export interface CodeSystemResource {
  readonly url?: string;
  readonly version?: string;
  readonly content?: string;
  readonly caseSensitive?: boolean;
  readonly concept?: readonly ConceptDefinition[];
}

interface Held {
  readonly concept: ConceptDefinition;
  readonly parent: string | undefined;
}

export class HeldCodeSystem {
  /** All codes are here, so that a code that is not does not exist. */
  readonly isComplete: boolean;
  readonly #concepts = new Map<string, Held>();
  readonly #ignoresCase: boolean;

  constructor(resource: CodeSystemResource) {
    this.isComplete = resource.content === 'complete' && resource.concept !== undefined;
    this.#ignoresCase = resource.caseSensitive === false;
    this.#add(resource.concept ?? [], undefined);
  }

  #add(concepts: readonly ConceptDefinition[], parent: string | undefined): void {
    for (const concept of concepts) {
      this.#concepts.set(this.#key(concept.code), { concept, parent });
      this.#add(concept.concept ?? [], concept.code);
    }
  }

  #key(code: string): string {
    return this.#ignoresCase ? code.toLowerCase() : code;
  }

  find(code: string): ConceptDefinition | undefined {
    return this.#concepts.get(this.#key(code))?.concept;
  }

  /** Every display and designation of a code; empty where none is known. */
  displaysOf(code: string): readonly string[] {
    const concept = this.find(code);
    const texts = [concept?.display, ...(concept?.designation ?? []).map(({ value }) => value)];
    return texts.filter((text) => text !== undefined);
  }

  /** The codes above, nearest first: by nesting and by the property `subsumedBy` or `parent`. */
  ancestorsOf(code: string): ReadonlySet<string> {
    const found = new Set<string>();
    const open = this.#parentsOf(code);
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(...this.#parentsOf(next));
    }
    return found;
  }

  #parentsOf(code: string): string[] {
    const held = this.#concepts.get(this.#key(code));
    const named = (held?.concept.property ?? [])
      .filter((property) => property.code === 'subsumedBy' || property.code === 'parent')
      .map((property) => String(property['valueCode']));
    return held?.parent === undefined ? named : [held.parent, ...named];
  }

  hasChildren(code: string): boolean {
    return (this.find(code)?.concept ?? []).length > 0;
  }
}
