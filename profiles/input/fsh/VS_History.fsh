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
* ObservationCS#seizure-history
* ObservationCS#pres-history
* ObservationCS#other-neurological-history
* ObservationCS#abnormal-neuro-imaging
* ObservationCS#developmental-delay
* ObservationCS#cardiac-comorbidity
* ObservationCS#pulmonary-comorbidity
* ObservationCS#t-cells-too-few
* ObservationCS#down-syndrome
* ObservationCS#chromosomal-instability

ValueSet: BlinatumomabResponseVS
Id: cartograph-blinatumomab-response
Title: "Response to blinatumomab"
Description: "All responses."
* insert ValueSetRules
* include codes from system BlinatumomabResponseCS
