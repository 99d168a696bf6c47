// Systems that belong to others.
Alias: $ATC = http://www.whocc.no/atc
Alias: $LNC = http://loinc.org
Alias: $SCT = http://snomed.info/sct
Alias: $UCUM = http://unitsofmeasure.org
Alias: $ActReason = http://terminology.hl7.org/CodeSystem/v3-ActReason
Alias: $ActCode = http://terminology.hl7.org/CodeSystem/v3-ActCode
Alias: $ConditionClinical = http://terminology.hl7.org/CodeSystem/condition-clinical
Alias: $ConditionVerification = http://terminology.hl7.org/CodeSystem/condition-ver-status
Alias: $DataAbsentReason = http://terminology.hl7.org/CodeSystem/data-absent-reason
Alias: $Interpretation = http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation
Alias: $LibraryType = http://terminology.hl7.org/CodeSystem/library-type
Alias: $ObservationCategory = http://terminology.hl7.org/CodeSystem/observation-category
Alias: $RoleCode = http://terminology.hl7.org/CodeSystem/v3-RoleCode
