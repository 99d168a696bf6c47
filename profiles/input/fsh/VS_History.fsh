ValueSet: HistoryQuestionVS
Id: cartograph-history-question
Title: "Questions of history"
Description: "Questions that a lifelong yes or never answers."
* insert ValueSetRules
* ObservationCS#prior-allogeneic-hct
* ObservationCS#blinatumomab-exposure
* ObservationCS#refractoriness
* ObservationCS#adverse-cytogenetics
* ObservationCS#cd19-negative-clone
* ObservationCS#comorbidities
* ObservationCS#previous-toxicities

ValueSet: BlinatumomabResponseVS
Id: cartograph-blinatumomab-response
Title: "Response to blinatumomab"
Description: "All responses."
* insert ValueSetRules
* include codes from system BlinatumomabResponseCS
