package main

import "github.com/seed964deb49/langevin/smld"

// setting is a change of what smld.Choose chooses.
type setting struct {
	name   string
	change func(*smld.Plan)
}

// trainingRows names the measure of the training rows themselves, which stand in for samples.
const trainingRows = "training rows"

// settings are the changes, those that matter most first.
var settings = []setting{
	{"steps/3", func(p *smld.Plan) { p.Train.Steps = max(1, p.Train.Steps/3) }},
	{"steps*3", func(p *smld.Plan) { p.Train.Steps *= 3 }},
	{"rate/3", func(p *smld.Plan) { p.Train.LearningRate /= 3 }},
	{"rate*3", func(p *smld.Plan) { p.Train.LearningRate *= 3 }},
	{"log-mean", func(p *smld.Plan) { p.Train.LogMean, p.Train.LogStd = -1.2, 1.6 }},
	{"weighting", func(p *smld.Plan) {
		if p.Train.Weighting == smld.WeightSigma {
			p.Train.Weighting = smld.WeightEDM
		} else {
			p.Train.Weighting = smld.WeightSigma
		}
	}},
	{"preconditioning", func(p *smld.Plan) {
		if p.Model.Preconditioning == smld.EDM {
			p.Model.Preconditioning = smld.Linear
		} else {
			p.Model.Preconditioning = smld.EDM
		}
	}},
	{"batch/2", func(p *smld.Plan) { p.Train.Batch = max(1, p.Train.Batch/2) }},
	{"hidden128", func(p *smld.Plan) { p.Model.Hidden = []int{128, 128, 128} }},
	{"hidden512", func(p *smld.Plan) { p.Model.Hidden = []int{512, 512, 512} }},
}
