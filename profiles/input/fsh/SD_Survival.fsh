Profile: CartographVitalStatus
Parent: Observation
Id: cartograph-vital-status
Title: "Vital status at last contact"
Description: "The day on which the person was last known alive, or how contact ended."
* insert AnswerObservation
* code = ObservationCS#vital-status
* insert CodedAnswer(VitalStatusVS)

Profile: CartographCauseOfDeath
Parent: Observation
Id: cartograph-cause-of-death
Title: "Cause of death"
Description: "Primary cause of death; the date is that of death."
* insert AnswerObservation
* code = ObservationCS#cause-of-death
* insert CodedAnswer(DeathCauseVS)
