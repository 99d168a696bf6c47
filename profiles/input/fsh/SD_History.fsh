Profile: CartographHistoryAssertion
Parent: Observation
Id: cartograph-history-assertion
Title: "History assertion"
Description: "An explicit yes or never, with the date of the statement and its author. A missing assertion means unknown; 'not known' is said by dataAbsentReason."
* insert AnswerObservation
* code from HistoryQuestionVS (required)
* value[x] only boolean
* insert AuthoredStatement

Profile: CartographBlinatumomabResponse
Parent: Observation
Id: cartograph-blinatumomab-response
Title: "Response to blinatumomab"
Description: "Best response to blinatumomab before the infusion, as stated."
* insert AnswerObservation
* code = ObservationCS#blinatumomab-response
* insert CodedAnswer(BlinatumomabResponseVS)
* insert AuthoredStatement

Profile: CartographFirstHctConditioning
Parent: Observation
Id: cartograph-first-hct-conditioning
Title: "Conditioning of the first HCT"
Description: "For a transplantation whose procedure is not on record."
* insert AnswerObservation
* code = ObservationCS#first-hct-conditioning
* insert CodedAnswer(ConditioningVS)
* insert AuthoredStatement

Profile: CartographFirstHctDonor
Parent: Observation
Id: cartograph-first-hct-donor
Title: "Donor of the first HCT"
Description: "For a transplantation whose procedure is not on record."
* insert AnswerObservation
* code = ObservationCS#first-hct-donor
* insert CodedAnswer(HctDonorVS)
* insert AuthoredStatement
