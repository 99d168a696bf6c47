CodeSystem: VitalStatusCS
Id: cartograph-vital-status
Title: "Vital status"
Description: "What was known at the last contact."
* insert CodeSystemRules
* #alive "Alive"
* #dead "Dead"
* #lost "Lost to follow-up"
* #self-discharged "Left care at own wish"

CodeSystem: DeathCauseCS
Id: cartograph-death-cause
Title: "Causes of death"
Description: "Primary cause of death."
* insert CodeSystemRules
* #leukemia "Leukaemia"
* #crs "Cytokine release syndrome"
* #icans "Immune effector cell-associated neurotoxicity syndrome"
* #iec-hs "Immune effector cell-associated haemophagocytic syndrome"
* #infection "Infection"
* #hct "Complication of HCT"
* #other "Other cause"
* #unknown "Cause not known"
