CodeSystem: HctDonorCS
Id: cartograph-hct-donor
Title: "Kinds of HCT donor"
Description: "Kind of donor of a haematopoietic cell transplantation."
* insert CodeSystemRules
* #MSD "Matched sibling donor"
* #MUD "Matched unrelated donor"
* #MMUD "Mismatched unrelated donor"
* #haplo "Haploidentical donor"
* #cord-blood "Cord blood"
* #syngeneic "Syngeneic donor"
* #other "Other donor"

CodeSystem: ConditioningCS
Id: cartograph-conditioning
Title: "Kinds of conditioning"
Description: "Kind of conditioning before a haematopoietic cell transplantation."
* insert CodeSystemRules
* #TBI-MAC "Myeloablative, with total body irradiation"
* #chemo-MAC "Myeloablative, with drugs alone"
* #RIC "Reduced intensity"
