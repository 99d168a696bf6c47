Extension: TherapyIntent
Id: therapy-intent
Title: "Intent of therapy"
Description: "What the therapy is given for. Without it Cartograph has to assume the intent from the agent, and flags that."
* insert CodedExtension(MedicationAdministration, TherapyIntentVS)
* ^context[+].type = #element
* ^context[=].expression = "Procedure"

Extension: TherapyReason
Id: therapy-reason
Title: "Reason for therapy"
Description: "What made the therapy necessary; lack of efficacy means no response to CAR-T."
* insert CodedExtension(MedicationAdministration, TherapyReasonVS)
* ^context[+].type = #element
* ^context[=].expression = "Procedure"

Profile: CartographTherapy
Parent: MedicationAdministration
Id: cartograph-therapy
Title: "Anti-leukaemic drug therapy"
Description: "An anti-leukaemic drug, before or after the infusion, with its intent."
* insert Administration
* medication[x] from AgentVS (extensible)
* extension contains
    TherapyIntent named intent 0..1 MS and
    TherapyReason named reason 0..1 MS

Profile: CartographLymphodepletion
Parent: CartographTherapy
Id: cartograph-lymphodepletion
Title: "Lymphodepletion"
Description: "A drug that prepares the patient for the infusion."
* extension[intent] 1..1
* extension[intent].valueCodeableConcept = TherapyIntentCS#lymphodepletion

Profile: CartographTherapyProcedure
Parent: Procedure
Id: cartograph-therapy-procedure
Title: "Donor lymphocytes or radiotherapy"
Description: "An anti-leukaemic therapy that is neither a drug nor a transplantation."
* insert Act
* code from TherapyProcedureVS (required)
* extension contains
    TherapyIntent named intent 0..1 MS and
    TherapyReason named reason 0..1 MS
