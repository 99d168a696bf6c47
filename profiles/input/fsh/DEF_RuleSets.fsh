// What repeats. Metadata first, then the common parts of profiles, then those of examples.

RuleSet: CodeSystemRules
* ^caseSensitive = true
* ^experimental = false

RuleSet: ValueSetRules
* ^experimental = false

// Every observation of ours: of whom and when.
RuleSet: PatientObservation
* status MS
* code MS
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* dataAbsentReason MS

// An observation at one time that has an answer, or the reason why there is none.
RuleSet: AnswerObservation
* insert PatientObservation
* obeys cart-answer
* effective[x] only dateTime
* value[x] MS

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

RuleSet: CodedComponent(name, cardinality, valueSet)
* insert Component({name}, {cardinality}, CodeableConcept)
* component[{name}].value[x] from {valueSet} (required)

// LOINC's code for the flow, as in the pulse oximetry of other guides.
RuleSet: OxygenFlowComponent
* component contains oxygen-flow 0..1 MS
* component[oxygen-flow].code = $LNC#3151-8
* component[oxygen-flow].value[x] only Quantity
* component[oxygen-flow].valueQuantity.system 1..1
* component[oxygen-flow].valueQuantity.system = $UCUM
* component[oxygen-flow].valueQuantity.code 1..1
* component[oxygen-flow].valueQuantity.code = #L/min

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

// A grade of one toxicity, by a published scale of ours.
RuleSet: GradeOf(code)
* code = ObservationCS#{code}
* method from GradingSystemVS (required)

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

// A grade held from one day to another, by a grading system.
RuleSet: ExampleGrade(code, grade, system, start, end)
* insert Synthetic
* status = #final
* subject = Reference(example-patient)
* code = ObservationCS#{code}
* valueInteger = {grade}
* method = GradingSystemCS#{system}
* effectivePeriod.start = "{start}"
* effectivePeriod.end = "{end}"

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
