CodeSystem: ProductCS
Id: cartograph-product
Title: "CAR-T products"
Description: "CAR-T products by generic or study name. Products against another antigen than CD19 are listed so that they are recognised as such."
* insert CodeSystemRules
* #tisagenlecleucel "tisagenlecleucel"
* #obecabtagene-autoleucel "obecabtagene autoleucel"
* #brexucabtagene-autoleucel "brexucabtagene autoleucel"
* #axicabtagene-ciloleucel "axicabtagene ciloleucel"
* #lisocabtagene-maraleucel "lisocabtagene maraleucel"
* #nih-cd19-28z "CD19 CAR-T with CD28, National Institutes of Health" "Academic product."
* #scri-car19 "SCRI-CAR19" "Academic product of the PLAT trials."
* #huCART19 "huCART19" "Academic product with a humanised CD19 binder."
* #pku-cart19 "CAR-T-19, Peking University" "Academic product; from the donor where there was an earlier HCT."
* #donor-derived-cd19 "Donor-derived CD19 CAR-T" "Academic product made from the cells of the earlier HCT's donor."
* #carcik-cd19 "CARCIK-CD19" "Donor-derived cytokine-induced killer cells with a CD19 CAR."
* #inaticabtagene-autoleucel "inaticabtagene autoleucel"
* #varnimcabtagene-autoleucel "varnimcabtagene autoleucel"
* #talicabtagene-autoleucel "talicabtagene autoleucel"
* #relmacabtagene-autoleucel "relmacabtagene autoleucel"
* #mb-cart19-1 "MB-CART19.1"
* #idecabtagene-vicleucel "idecabtagene vicleucel" "Against BCMA, not CD19."
* #ciltacabtagene-autoleucel "ciltacabtagene autoleucel" "Against BCMA, not CD19."
* #other-cd19 "Other CD19 CAR-T product" "A product that this list lacks; send its costimulatory domains."
* #unknown "Product not known"

CodeSystem: CostimulationCS
Id: cartograph-costimulation
Title: "Costimulatory domains"
Description: "Intracellular costimulatory domains of a CAR. A transmembrane part is not one."
* insert CodeSystemRules
* #4-1BB "4-1BB (CD137)"
* #CD28 "CD28"
* #OX40 "OX40 (CD134)"

CodeSystem: CellSourceCS
Id: cartograph-cell-source
Title: "Sources of cells"
Description: "Whose T cells the product was made from."
* insert CodeSystemRules
* #autologous "Autologous" "The patient's own cells."
* #prior-hct-donor "Donor of the earlier HCT"
* #other-donor "Other designated donor"
* #off-the-shelf "Allogeneic, off the shelf"

CodeSystem: ProcedureCS
Id: cartograph-procedure
Title: "Procedures"
Description: "Procedures of the CAR-T course."
* insert CodeSystemRules
* #car-t-infusion "Infusion of CAR-T cells"
* #leukapheresis "Leukapheresis for CAR-T production"
* #allogeneic-hct "Allogeneic haematopoietic cell transplantation"
* #autologous-hct "Autologous haematopoietic cell transplantation"
* #hct "Haematopoietic cell transplantation" "Not said whether allogeneic or autologous."
* #donor-lymphocyte-infusion "Donor lymphocyte infusion"
* #radiotherapy "Radiotherapy"
