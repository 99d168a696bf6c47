CodeSystem: DiseaseStatusCS
Id: cartograph-disease-status
Title: "Disease status"
Description: "State of the leukaemia at an assessment."
* insert CodeSystemRules
* #CR "Complete remission" "Fewer than 5 % blasts in marrow, none in blood, no disease elsewhere, counts recovered."
* #CRi "Complete remission with incomplete count recovery" "As CR, but counts have not recovered."
* #remission "Remission" "CR or CRi; not said which."
* #NR "No response" "Neither CR nor CRi."
* #progressive-disease "Progressive disease" "More leukaemia than before, without a remission in between."
* #relapse "Relapse" "Leukaemia again after a remission."
* #not-evaluable "Not evaluable" "The assessment does not tell."

CodeSystem: SiteCS
Id: cartograph-site
Title: "Sites of leukaemia"
Description: "Where leukaemia was found."
* insert CodeSystemRules
* #marrow "Bone marrow"
* #cns "Central nervous system"
* #testis "Testis"
* #other-extramedullary "Other site outside the marrow"

CodeSystem: RelapseLevelCS
Id: cartograph-relapse-level
Title: "Levels of relapse"
Description: "How a relapse was seen."
* insert CodeSystemRules
* #morphologic "Morphologic" "Blasts in marrow or blood."
* #molecular "Molecular" "Measurable residual disease came back, below the limit of morphology."
* #extramedullary "Extramedullary" "Disease outside the marrow."

CodeSystem: Cd19ClassCS
Id: cartograph-cd19-class
Title: "Classes of CD19 expression"
Description: "CD19 on the leukaemic cells."
* insert CodeSystemRules
* #positive "CD19 positive"
* #negative "CD19 negative" "Including a lost or truncated epitope."
* #dim "CD19 dim"
* #mixed "CD19 mixed" "Positive and negative cells side by side."
* #unknown "CD19 not known"

CodeSystem: MrdMethodCS
Id: cartograph-mrd-method
Title: "Methods of MRD"
Description: "How measurable residual disease was looked for."
* insert CodeSystemRules
* #flow-cytometry "Flow cytometry"
* #rq-pcr-ig-tr "Quantitative PCR of immunoglobulin or T-cell receptor rearrangements"
* #fusion-qpcr "Quantitative PCR of a fusion transcript"
* #ngs "Next-generation sequencing"

CodeSystem: MrdCallCS
Id: cartograph-mrd-call
Title: "MRD calls"
Description: "What the laboratory says of an MRD result beside or instead of a number."
* insert CodeSystemRules
* #positive "Positive"
* #negative "Negative"
* #positive-not-quantifiable "Positive, not quantifiable" "Found, below the range in which the assay can measure."
* #indeterminate "Indeterminate"

CodeSystem: SpecimenCS
Id: cartograph-specimen
Title: "Specimens"
Description: "What was examined."
* insert CodeSystemRules
* #blood "Blood"
* #marrow "Bone marrow"
* #csf "Cerebrospinal fluid"
