Instance: example-patient
InstanceOf: CartographPatient
Usage: #example
Title: "Example: person"
Description: "A synthetic patient, alive."
* insert Synthetic
* identifier.system = "https://hospital.example.org/mrn"
* identifier.value = "SYN-0001"
* gender = #female
* birthDate = "2012-05-17"
* deceasedBoolean = false

Instance: example-patient-deceased
InstanceOf: CartographPatient
Usage: #example
Title: "Example: deceased person"
Description: "A synthetic patient whose day of death is known."
* insert Synthetic
* identifier.system = "https://hospital.example.org/mrn"
* identifier.value = "SYN-0002"
* gender = #male
* birthDate = "2010-11"
* deceasedDateTime = "2025-01-20"
