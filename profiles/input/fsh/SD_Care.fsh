Profile: CartographLeukapheresis
Parent: Procedure
Id: cartograph-leukapheresis
Title: "Leukapheresis"
Description: "Collection of the cells from which the product is made."
* insert Act
* code = ProcedureCS#leukapheresis

Profile: CartographSupportiveDrug
Parent: MedicationAdministration
Id: cartograph-supportive-drug
Title: "Supportive drug"
Description: "A drug against toxicity or for support: vasopressor, cytokine blocker, steroid, antipyretic, growth factor, anticonvulsant, immunoglobulin. Other-cause true keeps it out of the grades of toxicity."
* insert Administration
* medication[x] from AgentVS (extensible)
* extension contains OtherCause named otherCause 0..1 MS

Profile: CartographInfection
Parent: Condition
Id: cartograph-infection
Title: "Infection"
Description: "An infection by our code or a code of ICD, with its class, organism, site as text, and how bad it was."
* obeys cart-infection-course
* clinicalStatus MS
* verificationStatus MS
* severity MS
* code 1..1 MS
* bodySite MS
* bodySite.text MS
* subject MS
* subject only Reference(Patient)
* onset[x] MS
* onset[x] only dateTime
* abatement[x] MS
* abatement[x] only dateTime
* extension contains
    InfectionClass named class 0..1 MS and
    InfectionOrganism named organism 0..1 MS and
    InfectionTreated named treated 0..1 MS and
    InfectionInvasive named invasive 0..1 MS and
    InfectionHospitalised named hospitalised 0..1 MS

Profile: CartographIntensiveCarePlace
Parent: Location
Id: cartograph-intensive-care-place
Title: "Intensive care unit"
Description: "A place whose type says that it is an intensive care unit."
* obeys cart-intensive-care
* type 1..* MS

Profile: CartographIntensiveCareStay
Parent: Encounter
Id: cartograph-intensive-care-stay
Title: "Stay in intensive care"
Description: "An encounter with the time spent in an intensive care unit. Other places of the same encounter may stand beside it."
* status MS
* subject 1..1 MS
* subject only Reference(Patient)
* location 1..* MS
* location.location MS
* location.period 1..1 MS
* location.period.start 1..1 MS
* location.period.end MS
