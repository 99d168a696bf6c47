CodeSystem: EstimateComponentCS
Id: cartograph-estimate-component
Title: "Parts of an estimate"
Description: "What a component of a survival estimate says."
* insert CodeSystemRules
* #mappings-version "Version of the mappings" "The mapping knowledge that read the sources."
* #data-digest "Digest of the data" "Equal for equal records, whatever their ids and order."
* #confidence "Interval" "Scale and level of the intervals."
* #stratifier "Stratifier" "By what the cohort is divided."
* #stratum "Stratum" "The value of the stratifier; all for the whole cohort."
* #patients "Patients" "Those in the stratum whose time can be told; rows where a patient changes stratum."
* #events "Events"
* #competing-events "Competing events"
* #censored "Censored"
* #landmark "Landmark" "Day after the origin from which time counts."
* #median "Median"
* #median-lower "Lower limit of the median"
* #median-upper "Upper limit of the median"
* #median-follow-up "Median follow-up" "Reverse Kaplan-Meier."
* #estimate "Estimate" "The probability at one time; what does not exist has a reason."
* #test "Test" "The test that compares the strata."
* #p-value "P value" "Of the comparison of all known strata."
* #caution "Caution" "What a reader of the comparison has to know."

ValueSet: EstimateVS
Id: cartograph-estimate
Title: "Estimates over a cohort"
Description: "What a survival estimate answers."
* insert ValueSetRules
* ResultCS#survival
* ResultCS#cumulative-incidence
