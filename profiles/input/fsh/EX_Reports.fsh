Instance: example-cohort
InstanceOf: Group
Usage: #example
Title: "Example: a cohort of one"
Description: "The example patient as a cohort."
* meta.tag[+] = $ActReason#HTEST
* type = #person
* actual = true
* member.entity = Reference(example-patient)

Instance: example-survival-estimate
InstanceOf: CartographSurvivalEstimate
Usage: #example
Title: "Example: overall survival of a cohort"
Description: "One patient, alive at last contact: survival is one, its median does not exist."
* meta.tag[derived] = TagCS#derived
* meta.tag[synthetic] = $ActReason#HTEST
* status = #final
* code = ResultCS#survival
* subject = Reference(example-cohort)
* effectiveDateTime = "2026-06-30"
* method = EndpointCS#OS
* component[definition-version].valueString = "1.0.0"
* component[mappings-version].valueString = "0123456789abcdef"
* component[data-digest].valueString = "sha256:0123456789abcdef"
* component[confidence].valueString = "log-log 0.95"
* component[stratum].valueString = "all"
* component[patients].valueInteger = 1
* component[events].valueInteger = 0
* component[competing-events].valueInteger = 0
* component[censored].valueInteger = 1
