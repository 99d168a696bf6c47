CodeSystem: OxygenDeviceCS
Id: cartograph-oxygen-device
Title: "Oxygen devices"
Description: "How oxygen or ventilation is given."
* insert CodeSystemRules
* #none "none"
* #nasal-cannula "nasal cannula"
* #blow-by "blow by"
* #high-flow-cannula "high flow cannula"
* #facemask "facemask"
* #non-rebreather "non rebreather"
* #venturi "venturi"
* #cpap "cpap"
* #bipap "bipap"
* #mechanical-ventilation "mechanical ventilation"

CodeSystem: GradeCS
Id: cartograph-grade
Title: "Grades"
Description: "A grade of toxicity; it means nothing without its grading system."
* insert CodeSystemRules
* #0 "0"
* #1 "1"
* #2 "2"
* #3 "3"
* #4 "4"
* #5 "5"

CodeSystem: GradingSystemCS
Id: cartograph-grading-system
Title: "Grading systems"
Description: "The published scale by which a grade was given; grades are never translated between systems."
* insert CodeSystemRules
* #ASTCT-2019 "ASTCT 2019"
* #LEE-2014 "LEE 2014"
* #PENN "PENN"
* #CARTOX "CARTOX"
* #CTCAE-4 "CTCAE 4"
* #CTCAE-5 "CTCAE 5"
* #EHA-EBMT-2023 "EHA EBMT 2023"
* #ASTCT-2023 "ASTCT 2023"

CodeSystem: PhaseCS
Id: cartograph-phase
Title: "Phases"
Description: "Early or late haematotoxicity."
* insert CodeSystemRules
* #early "early"
* #late "late"

CodeSystem: AttributionCS
Id: cartograph-attribution
Title: "Attributions"
Description: "Whether the CAR-T cells are held to be the cause."
* insert CodeSystemRules
* #car-t "car t"
* #other-cause "other cause"
* #unknown "unknown"

CodeSystem: ConsciousnessCS
Id: cartograph-consciousness
Title: "Levels of consciousness"
Description: "What it takes to wake the patient."
* insert CodeSystemRules
* #awakens-spontaneously "awakens spontaneously"
* #awakens-to-voice "awakens to voice"
* #awakens-to-touch "awakens to touch"
* #unarousable "unarousable"

CodeSystem: SeizureCS
Id: cartograph-seizure
Title: "Seizures"
Description: "Kind of seizure."
* insert CodeSystemRules
* #none "none"
* #convulsive "convulsive"
* #non-convulsive "non convulsive"
* #repetitive "repetitive"

CodeSystem: MotorCS
Id: cartograph-motor
Title: "Motor findings"
Description: "Motor findings of neurotoxicity."
* insert CodeSystemRules
* #none "none"
* #tremor-or-myoclonus "tremor or myoclonus"
* #deep-focal-weakness "deep focal weakness"

CodeSystem: IntracranialCS
Id: cartograph-intracranial
Title: "Intracranial findings"
Description: "Signs of raised pressure, oedema or bleeding."
* insert CodeSystemRules
* #none "none"
* #focal-oedema "focal oedema"
* #diffuse-oedema "diffuse oedema"
* #posturing "posturing"
* #cn6-palsy "cn6 palsy"
* #papilloedema "papilloedema"
* #cushing-triad "cushing triad"
* #haemorrhage "haemorrhage"

CodeSystem: InfectionClassCS
Id: cartograph-infection-class
Title: "Classes of infection"
Description: "Kind of organism."
* insert CodeSystemRules
* #bacterial "bacterial"
* #viral "viral"
* #fungal "fungal"
* #other "other"
* #unknown "unknown"

CodeSystem: AucMethodCS
Id: cartograph-auc-method
Title: "Methods of exposure"
Description: "How an exposure to fludarabine was found."
* insert CodeSystemRules
* #measured "measured"
* #population-pk "population pk"
