ValueSet: OxygenDeviceVS
Id: cartograph-oxygen-device
Title: "Oxygen devices"
Description: "All of the list."
* insert ValueSetRules
* include codes from system OxygenDeviceCS

ValueSet: GradeVS
Id: cartograph-grade
Title: "Grades"
Description: "All of the list."
* insert ValueSetRules
* include codes from system GradeCS

ValueSet: GradingSystemVS
Id: cartograph-grading-system
Title: "Grading systems"
Description: "All of the list."
* insert ValueSetRules
* include codes from system GradingSystemCS

ValueSet: PhaseVS
Id: cartograph-phase
Title: "Phases"
Description: "All of the list."
* insert ValueSetRules
* include codes from system PhaseCS

ValueSet: AttributionVS
Id: cartograph-attribution
Title: "Attributions"
Description: "All of the list."
* insert ValueSetRules
* include codes from system AttributionCS

ValueSet: ConsciousnessVS
Id: cartograph-consciousness
Title: "Levels of consciousness"
Description: "All of the list."
* insert ValueSetRules
* include codes from system ConsciousnessCS

ValueSet: SeizureVS
Id: cartograph-seizure
Title: "Seizures"
Description: "All of the list."
* insert ValueSetRules
* include codes from system SeizureCS

ValueSet: MotorVS
Id: cartograph-motor
Title: "Motor findings"
Description: "All of the list."
* insert ValueSetRules
* include codes from system MotorCS

ValueSet: IntracranialVS
Id: cartograph-intracranial
Title: "Intracranial findings"
Description: "All of the list."
* insert ValueSetRules
* include codes from system IntracranialCS

ValueSet: InfectionClassVS
Id: cartograph-infection-class
Title: "Classes of infection"
Description: "All of the list."
* insert ValueSetRules
* include codes from system InfectionClassCS

ValueSet: AucMethodVS
Id: cartograph-auc-method
Title: "Methods of exposure"
Description: "All of the list."
* insert ValueSetRules
* include codes from system AucMethodCS

ValueSet: ToxicityGradeVS
Id: cartograph-toxicity-grade
Title: "Toxicity grades"
Description: "What a grade is a grade of."
* insert ValueSetRules
* ObservationCS#crs-grade
* ObservationCS#icans-grade
* ObservationCS#cres-grade
* ObservationCS#icaht-grade
* ObservationCS#iec-hs-grade
* ObservationCS#hlh-grade
* ObservationCS#gvhd-grade
* ObservationCS#neutropenia-grade

ValueSet: ClinicalSignVS
Id: cartograph-clinical-sign
Title: "Clinical signs"
Description: "Signs that are present or absent."
* insert ValueSetRules
* ObservationCS#hypotension
* ObservationCS#splenomegaly
* ObservationCS#haemophagocytosis
* ObservationCS#low-nk-activity
* ObservationCS#pulmonary-signs
* ObservationCS#renal-insufficiency
* ObservationCS#active-infection
* ObservationCS#marrow-haematogones

ValueSet: AnalyteVS
Id: cartograph-analyte
Title: "Analytes"
Description: "Names of the analytes, where the sender has no LOINC code."
* insert ValueSetRules
* ObservationCS#anc
* ObservationCS#alc
* ObservationCS#cd3
* ObservationCS#wbc
* ObservationCS#platelets
* ObservationCS#haemoglobin
* ObservationCS#igg
* ObservationCS#iga
* ObservationCS#igm
* ObservationCS#fibrinogen
* ObservationCS#triglycerides
* ObservationCS#ferritin
* ObservationCS#scd25
* ObservationCS#ast
* ObservationCS#alt
* ObservationCS#ldh
* ObservationCS#bilirubin
* ObservationCS#direct-bilirubin
* ObservationCS#creatinine
* ObservationCS#crp
* ObservationCS#il-2
* ObservationCS#il-4
* ObservationCS#il-6
* ObservationCS#il-10
* ObservationCS#il-17a
* ObservationCS#ifn-gamma
* ObservationCS#tnf-alpha
* ObservationCS#inr
* ObservationCS#pt
* ObservationCS#aptt

ValueSet: VitalSignVS
Id: cartograph-vital-sign
Title: "Vital signs"
Description: "Names of the vital signs, where the sender has no LOINC code."
* insert ValueSetRules
* ObservationCS#temperature
* ObservationCS#systolic
* ObservationCS#diastolic
* ObservationCS#mean-arterial
* ObservationCS#oxygen-saturation
* ObservationCS#heart-rate
* ObservationCS#weight
* ObservationCS#height
