// What repeats. Metadata first, then the common parts of profiles, then those of examples.

RuleSet: CodeSystemRules
* ^caseSensitive = true
* ^experimental = false

RuleSet: ValueSetRules
* ^experimental = false

// Every observation of ours: who, when, an answer or the reason why there is none.
RuleSet: AnswerObservation
* obeys cart-answer
* status MS
* code MS
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* effective[x] only dateTime
* value[x] MS
* dataAbsentReason MS

// One coded answer from a list of ours; further codings may stand beside it.
RuleSet: CodedAnswer(valueSet)
* value[x] only CodeableConcept
* value[x] from {valueSet} (required)

// A statement of a person: it has an author.
RuleSet: AuthoredStatement
* performer 1..* MS

RuleSet: ComponentsByCode
* component ^slicing.discriminator.type = #pattern
* component ^slicing.discriminator.path = "code"
* component ^slicing.rules = #open
* component ^slicing.description = "By the coded question, in any order; other components may stand beside these"
* component obeys cart-component-answer

RuleSet: Component(name, cardinality, type)
* component contains {name} {cardinality} MS
* component[{name}].code = ComponentCS#{name}
* component[{name}].value[x] only {type}

RuleSet: ResultComponent(name, cardinality, type)
* component contains {name} {cardinality} MS
* component[{name}].code = ResultComponentCS#{name}
* component[{name}].value[x] only {type}

RuleSet: UcumQuantity
* valueQuantity.value MS
* valueQuantity.comparator MS
* valueQuantity.system 1..1 MS
* valueQuantity.system = $UCUM
* valueQuantity.code 1..1 MS

RuleSet: Act
* obeys cart-took-place-when
* status MS
* code 1..1 MS
* subject MS
* subject only Reference(Patient)
* performed[x] MS
* performed[x] only dateTime

RuleSet: Administration
* status MS
* medication[x] MS
* subject MS
* subject only Reference(Patient)
* effective[x] MS
* dosage MS
* dosage.dose MS

// Results are computed, never entered; whoever receives one must be able to tell.
RuleSet: DerivedTag
* meta 1..1
* meta.tag 1..*
* meta.tag ^slicing.discriminator.type = #pattern
* meta.tag ^slicing.discriminator.path = "$this"
* meta.tag ^slicing.rules = #open
* meta.tag contains
    derived 1..1 MS and
    synthetic 0..1
* meta.tag[derived] = TagCS#derived
* meta.tag[synthetic] = $ActReason#HTEST

RuleSet: CodedExtension(context, valueSet)
* ^context[+].type = #element
* ^context[=].expression = "{context}"
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from {valueSet} (required)

// Examples

RuleSet: Synthetic
* meta.tag[+] = $ActReason#HTEST

RuleSet: ExampleObservation(date)
* insert Synthetic
* status = #final
* subject = Reference(example-patient)
* effectiveDateTime = "{date}"

RuleSet: ExampleAct(date)
* insert Synthetic
* status = #completed
* subject = Reference(example-patient)
* performedDateTime = "{date}"

RuleSet: ExampleAdministration
* insert Synthetic
* status = #completed
* subject = Reference(example-patient)

RuleSet: ExampleAuthor
* performer.display = "Treating physician"
