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
